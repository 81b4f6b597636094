// A document as the service has read it: its pages with a box over each value.
import * as emulator from './emulator.js';
import { el, pagesText, replace, say, svg } from './dom.js';

const scoreClass = score => (score >= 0.8 ? 'high' : score >= 0.5 ? 'middle' : 'low');

const states = { pending: ['open', 'being read'], success: ['good', 'read'], failure: ['bad', 'failed'] };

// Shows a file as it is, and goes on until it is read or nobody looks at it any more.
export function fileView(id, signal, again) {
  const view = el('article', { class: 'file' }, el('p', { class: 'quiet', role: 'status' }, 'Looking for the document …'));
  let shown = '';
  let pause = 250;

  async function look() {
    if (signal.aborted) return;
    try {
      const found = await emulator.file(id);
      if (signal.aborted) return;
      update(found);
    } catch (failure) {
      // The emulator does not answer: the head of the page says so.
      if (!(failure instanceof emulator.NoAnswer)) throw failure;
      shown = '';
    }
    pause = Math.min(pause * 1.3, 2000);
    if (shown === '' || shown.includes('pending')) setTimeout(look, pause);
  }

  function update(found) {
    const pages = [...found?.moderated_images ?? [], ...found?.unmoderated_images ?? []].sort((a, b) => a.page - b.page);
    const state = pages.map(page => `${page.status} ${page.updated_at} ${page.approval_status}`).join() || 'gone';
    if (state === shown) return;
    shown = state;
    if (pages.length > 0) show(pages, found.signed_urls);
    else view.replaceChildren(el('p', { class: 'quiet' }, 'The document is not there any more.'));
  }

  function show(pages, urls) {
    const first = pages[0];
    const isOpen = pages.some(page => page.status === 'pending');
    const status = isOpen ? 'pending' : first.status;
    const pictures = pages.map(page => pageView(page, urls));
    const place = el('div', {});
    const count = el('span', {});
    let at = 0;
    const back = el('button', { type: 'button', class: 'small', 'aria-label': 'Previous page', click: () => turn(-1) }, '‹');
    const on = el('button', { type: 'button', class: 'small', 'aria-label': 'Next page', click: () => turn(1) }, '›');
    function turn(by) {
      at += by;
      say(count, `Page ${at + 1} of ${pages.length}`);
      back.disabled = at === 0;
      on.disabled = at === pages.length - 1;
      place.replaceChildren(pictures[at]());
    }
    const larger = el('button', { type: 'button', class: 'small', 'aria-pressed': 'false', click: widen }, 'Larger');
    function widen() {
      larger.setAttribute('aria-pressed', String(view.classList.toggle('wide')));
    }
    const [color, word] = states[status] ?? ['open', status];
    replace(view,
      el('div', { class: 'file-head' },
        el('h4', {}, first.original_file_name),
        el('span', { class: `pill ${color}`, role: 'status' }, word),
        el('span', { class: 'quiet' }, pagesText(pages.length)),
        isOpen ? el('button', { type: 'button', class: 'small', click: () => again(first) }, 'Ask for the result') : larger,
        pages.length > 1 && !isOpen ? el('span', { class: 'pager' }, back, count, on) : null),
      place);
    if (isOpen) place.append(el('p', { class: 'quiet' }, 'The page and its values appear here as soon as it is read.'));
    else turn(0);
  }

  look();
  return view;
}

// The origin is left out: the page may be open under another name of this machine.
const local = address => { const url = new URL(address); return url.pathname + url.search; };

const pageView = (page, urls) => () => {
  if (page.status === 'failure')
    return el('p', { class: 'quiet' }, 'The service could not read this page after three tries.');

  const boxes = page.moderated_boxes?.length > 0 ? page.moderated_boxes : page.predicted_boxes ?? [];
  const { width, height } = page.size;
  const overlay = svg('svg', { viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true' });
  const alt = `Page ${page.page + 1} of ${page.original_file_name}`;
  const picture = el('div', { class: 'picture' }, el('img', { src: local(urls[page.url].original), width, height, alt }), overlay);

  // A line drawn on the edge of a word would hide its foot.
  const margin = width / 400;

  // From the list to the box and back.
  function tie(box, target, text, kind) {
    const rect = svg('rect', {
      class: `box ${kind} ${scoreClass(box.score)}`, x: box.xmin - margin, y: box.ymin - margin, rx: margin,
      width: box.xmax - box.xmin + 2 * margin, height: box.ymax - box.ymin + 2 * margin,
    }, svg('title', {}, text));
    const light = isOn => () => { rect.classList.toggle('on', isOn); target.classList.toggle('on', isOn); };
    for (const each of [rect, target]) {
      each.addEventListener('pointerenter', light(true));
      each.addEventListener('pointerleave', light(false));
    }
    target.addEventListener('focus', light(true));
    target.addEventListener('blur', light(false));
    overlay.append(rect);
  }

  const values = boxes.filter(box => !box.cells).map(box => {
    const button = el('button', { type: 'button' }, el('span', { class: 'label' }, box.label), el('span', { class: 'text' }, box.ocr_text),
      el('span', { class: `score ${scoreClass(box.score)}` }, box.score.toFixed(2)));
    tie(box, button, `${box.label}: ${box.ocr_text} (${box.score.toFixed(2)})`, 'field');
    return el('li', {}, button);
  });
  const tables = boxes.filter(box => box.cells).map(box => tableView(box, tie));
  const list = values.length + tables.length === 0
    ? el('p', { class: 'quiet' }, 'No values were found on this page.')
    : el('div', {}, el('ul', { class: 'values', 'aria-label': 'Values on this page' }, ...values));
  return el('div', {}, el('div', { class: 'sheet' }, picture, list), ...tables);
};

function tableView(box, tie) {
  const rows = new Map();
  for (const cell of box.cells) {
    if (!rows.has(cell.row)) rows.set(cell.row, []);
    rows.get(cell.row).push(cell);
  }
  const labels = [...new Set(box.cells.map(cell => cell.label))];
  const line = cells => el('tr', {}, ...labels.map(label => {
    const found = cells.find(cell => cell.label === label);
    const place = el('td', {}, found?.text ?? '');
    if (found) tie(found, place, `${label}: ${found.text} (${found.score.toFixed(2)})`, 'cell');
    return place;
  }));
  return el('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Line items' },
    el('table', {}, el('thead', {}, el('tr', {}, ...labels.map(label => el('th', { scope: 'col' }, label)))),
      el('tbody', {}, ...[...rows.keys()].sort((a, b) => a - b).map(row => line(rows.get(row))))));
}
