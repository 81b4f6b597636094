// The list of requests, newest first, and the bill.
import { billing } from './emulator.js';
import { byId, durationText, el, pagesText, say, timeText } from './dom.js';

const list = byId('request-list');
const rows = new Map();
let selected = null;

export function statusClass({ status, ended }) {
  if (status === null) return ended === null ? 'open' : 'bad';
  return status < 300 ? 'good' : status < 500 ? 'warn' : 'bad';
}

export const statusText = request => request.status ?? (request.ended === null ? 'under way' : 'no answer');

export const routeText = request => request.route ?? request.target.split('?')[0];

const filesText = ({ first_file_name: name, files }) => (files === 1 ? name : `${name} and ${files - 1} more`);

export const find = test => [...rows.values()].map(row => row.request).find(test);

export function select(began) {
  for (const each of [selected, began])
    if (rows.has(each)) paint(rows.get(each), began);
  selected = began;
  reach();
}

export function update(news, isOther, chosen) {
  for (const [began, row] of rows) {
    if (isOther || began < news.oldest) {
      row.item.remove();
      rows.delete(began);
    }
  }
  for (const request of news.requests) {
    if (!rows.has(request.began)) add(request, chosen);
    const row = rows.get(request.began);
    row.request = request;
    paint(row, selected);
  }
  byId('no-requests').hidden = rows.size > 0;
  reach();
}

function add(request, chosen) {
  const button = el('button', { type: 'button', click: () => chosen(request.began) });
  const row = { request, button, item: el('li', {}, button) };
  rows.set(request.began, row);
  list.prepend(row.item);
}

function paint({ request, button }, current) {
  if (request.began === current) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
  button.replaceChildren(
    el('span', { class: 'what' }, el('b', {}, routeText(request)), ' ', el('small', {}, request.method)),
    el('span', { class: `pill ${statusClass(request)}` }, String(statusText(request))),
    request.files > 0 ? el('span', { class: 'names' }, filesText(request)) : '',
    el('span', { class: 'how' }, `${timeText(request.received_at)} · ${durationText(request.duration)}`,
      request.fault ? ` · fault ${request.fault}` : ''),
    el('span', { class: 'charge' }, request.charged_pages > 0 ? pagesText(request.charged_pages) : ''));
}

// One stop for the Tab key; arrows go on from there.
function reach() {
  const target = rows.get(selected)?.button ?? list.querySelector('button');
  for (const { button } of rows.values()) button.tabIndex = button === target ? 0 : -1;
}

list.addEventListener('keydown', event => {
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  const next = step && event.target.closest('li')?.[step]?.firstElementChild;
  if (!next) return;
  event.preventDefault();
  next.focus();
});

let billed = null;

export async function showBill(news) {
  const state = `${news.emulator} ${news.total_pages}`;
  if (state === billed) return;
  billed = state;
  const twice = news.charged_twice === 0 ? ''
    : `; ${news.charged_twice === 1 ? '1 document' : `${news.charged_twice} documents`} charged more than once`;
  say(byId('bill'), `Bill: ${pagesText(news.total_pages)}`);
  say(byId('charge-sum'), `${pagesText(news.total_pages)} charged${twice}.`);
  const { charges } = await billing();
  byId('charge-list').replaceChildren(...charges.slice(-50).reverse().map(charge => el('li', {},
    el('span', {}, charge.file_name, charge.times_charged > 1 ? el('small', {}, `charged ${charge.times_charged} times`) : null),
    el('span', {}, pagesText(charge.pages)))));
}
