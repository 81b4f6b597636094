// JSON, folded: what is inside is made when it is opened.
import { el } from './dom.js';

// Addresses are long and many: they stay folded.
export function folded(value, open = 2, name = null) {
  const label = name === null ? [] : [el('span', { class: 'name' }, name), ': '];
  if (value === null || typeof value !== 'object')
    return el('div', { class: 'leaf' }, ...label, el('span', { class: typeof value }, JSON.stringify(value)));

  const entries = Object.entries(value);
  const [begin, end] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return el('div', { class: 'leaf' }, ...label, begin + end);

  const inside = el('div', { class: 'inside' });
  const node = el('details', { toggle: unfold, open: open > 0 },
    el('summary', {}, ...label, begin, el('span', { class: 'count' }, ` ${entries.length} `), end), inside);
  function unfold() {
    if (inside.hasChildNodes()) return;
    inside.append(...entries.map(([key, item]) => folded(item, key === 'signed_urls' ? 0 : open - 1, Array.isArray(value) ? null : key)));
  }
  if (open > 0) unfold();
  return node;
}
