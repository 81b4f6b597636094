// One request, whole: what was sent, what came back, and the documents it is about.
import { byId, copyButton, durationText, el, pagesText, replace, sizeText, timeText } from './dom.js';
import * as emulator from './emulator.js';
import { faultText } from './faults.js';
import { folded } from './json.js';
import * as lines from './lines.js';
import { fileView } from './pages.js';
import { routeText, statusClass, statusText } from './requests.js';

const place = byId('detail');
const MostFiles = 20;
let form = 'HTTP';
let latest = 0;
let looking = new AbortController();

export function clear() {
  latest += 1;
  looking.abort();
  place.replaceChildren();
  place.hidden = true;
  byId('welcome').hidden = false;
}

// Shows a request; it is shown again when its end is known.
export async function show(began, connection, again) {
  const mine = ++latest;
  const request = await emulator.request(began);
  if (mine !== latest || request === null) return;
  looking.abort();
  looking = new AbortController();
  const hadFocus = place.contains(document.activeElement);
  byId('welcome').hidden = true;
  place.hidden = false;
  const answer = parsed(request.answer?.text);
  replace(place,
    el('div', { class: 'detail-head' },
      el('h2', { id: 'detail-title', tabindex: -1 }, routeText(request), ' ', el('small', {}, request.method)),
      el('span', { class: `pill big ${statusClass(request)}` }, String(statusText(request))),
      el('span', { class: 'quiet' }, [
        timeText(request.received_at), durationText(request.duration),
        `charged ${request.charged_pages > 0 ? pagesText(request.charged_pages) : 'nothing'}`,
      ].join(' · '))),
    request.fault ? el('p', { class: 'fault' }, `Fault ${request.fault}. ${faultText(request.fault)}`) : null,
    requestView(request, connection),
    responseView(request, answer),
    documentsView(request, answer, again));
  if (hadFocus) byId('detail-title').focus({ preventScroll: true });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requestView(request, connection) {
  const texts = { HTTP: lines.http(request), PowerShell: lines.powerShell(request, connection), curl: lines.curl(request, connection) };
  const shown = () => (texts[form] ? form : 'HTTP');
  const code = el('code', {}, texts[shown()]);
  const choice = Object.keys(texts).filter(name => texts[name]).map(name => el('label', {},
    el('input', { type: 'radio', name: 'form', class: 'unseen', checked: name === shown(), change: () => choose(name) }),
    el('span', {}, name)));
  function choose(name) {
    form = name;
    code.textContent = texts[name];
  }
  return el('section', { 'aria-label': 'Request' },
    el('div', { class: 'part-head' },
      el('h3', {}, 'Request'),
      el('fieldset', { class: 'segments' }, el('legend', { class: 'unseen' }, 'Show the request as'), ...choice),
      copyButton('the request', () => texts[shown()])),
    el('pre', { tabindex: 0, role: 'region', 'aria-label': 'The request', id: 'request-text' }, code));
}

function responseView(request, answer) {
  const head = el('div', { class: 'part-head' }, el('h3', {}, 'Response'));
  const part = el('section', { 'aria-label': 'Response' }, head);
  if (!request.answer) {
    const why = request.ended === null ? 'Not yet.'
      : request.is_kept ? 'None: the connection ended without one.'
        : 'Not kept any more: the emulator keeps the answers to its newest requests only.';
    part.append(el('p', { class: 'quiet' }, why));
    return part;
  }

  head.append(el('span', { class: 'quiet' }, sizeText(request.answer.length)), copyButton('the response', () => request.answer.text));
  if (request.status === null) part.append(el('p', { class: 'quiet' }, 'The emulator made this answer; it did not leave.'));
  const body = request.answer.length === 0 ? 'An empty body.'
    : answer === undefined ? el('pre', {}, request.answer.text)
      : folded(answer, request.status < 300 ? 2 : 4);
  part.append(el('div', { class: 'json', tabindex: 0, role: 'region', 'aria-label': 'Body of the response' }, body));
  return part;
}

function documentsView(request, answer, again) {
  const ids = new Set(request.charges.map(charge => charge.request_file_id));
  if (request.status !== null && request.status < 300) collect(answer, ids);
  ids.delete('');
  const shown = [...ids].slice(0, MostFiles);
  if (shown.length === 0) return null;
  return el('section', { 'aria-label': 'Pages' },
    el('div', { class: 'part-head' }, el('h3', {}, 'Pages')),
    ...shown.map(id => fileView(id, looking.signal, again)),
    ids.size > shown.length ? el('p', { class: 'quiet' }, `And ${ids.size - shown.length} more documents.`) : null);
}

// The ids of files in an answer, whatever its shape.
function collect(value, ids) {
  if (value === null || typeof value !== 'object') return;
  if (typeof value.request_file_id === 'string') ids.add(value.request_file_id);
  for (const name of ['result', 'moderated_images', 'unmoderated_images'])
    for (const item of Array.isArray(value[name]) ? value[name] : []) collect(item, ids);
}
