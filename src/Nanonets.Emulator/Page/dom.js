// Elements from data. Every text becomes a text node: nothing from a document is ever markup.

const Svg = 'http://www.w3.org/2000/svg';

export const byId = id => document.getElementById(id);

export const el = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

export const svg = (name, attributes, ...children) => fill(document.createElementNS(Svg, name), attributes, children);

function fill(element, attributes = {}, children = []) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const replace = (element, ...children) => { element.replaceChildren(...children.filter(child => child !== null)); };

// A text that changes is written only when it does: screen readers announce what is written.
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function copyButton(what, text) {
  const button = el('button', { type: 'button', class: 'small', 'aria-label': `Copy ${what}`, click: copy }, 'Copy');
  async function copy() {
    await navigator.clipboard.writeText(text());
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 1500);
  }
  return button;
}

export const pagesText = count => (count === 1 ? '1 page' : `${count} pages`);

export function durationText(seconds) {
  if (seconds === null) return '…';
  return seconds < 1 ? `${Math.max(1, Math.round(seconds * 1000))} ms` : `${seconds.toFixed(1)} s`;
}

export const timeText = time => new Date(time).toLocaleTimeString('en-GB');

export const sizeText = bytes =>
  (bytes < 1024 ? `${bytes} bytes` : bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);
