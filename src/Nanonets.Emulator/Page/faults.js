// The faults: a few common ones to choose, and those in force with how often they have struck.
import { addFault, removeFault } from './emulator.js';
import { byId, el, say } from './dom.js';

const on = (kind, more) => ({ kind, route: 'LabelFile', ...more });

// By group: id, title, what it does, and the rule.
const Common = {
  'The answer is lost': [
    ['cut_after', 'Connection cut before the answer', 'Processed and charged; then the connection is cut.', on('cut_after')],
    ['truncated', 'Answer breaks off in the middle', 'Processed and charged; half of the answer arrives.', on('truncated_answer')],
    ['502', '502 from a gateway, after processing', 'Processed and charged; a gateway answers in its place.',
      on('status_after', { status: 502, body: 'html' })],
    ['stall', 'No answer, after processing', 'Processed and charged; the answer never comes.', on('stall_after')],
  ],
  'The upload is refused': [
    ['503', '503 Service Unavailable', 'Nothing is processed or charged.', on('status', { status: 503 })],
    ['429', '429 Too Many Requests', 'Nothing is processed or charged; Retry-After says 5 seconds.',
      on('status', { status: 429, retry_after: '5' })],
    ['402', '402 Free pages used up', 'Nothing is processed or charged.', on('status', { status: 402 })],
    ['401', '401 Key rejected', 'Nothing is processed or charged.', on('status', { status: 401 })],
  ],
  'The line is bad': [
    ['cut', 'Upload cut in the middle', 'Half of the request arrives; nothing is processed or charged.', on('cut_upload')],
    ['delay', 'Slow answer', 'Processing begins 3 seconds late.', on('delay', { delay: 3 })],
  ],
  'Reading goes wrong': [
    ['fails', 'The document fails', 'Charged; reading it ends in failure.', on('file_fails')],
    ['pending', 'The document is never finished', 'Charged; it stays pending for ever.', on('file_never_finishes')],
    ['slow', 'The document is slow', 'Each page takes 3 seconds.', on('file_slow', { delay: 3 })],
  ],
};

const all = Object.values(Common).flat().map(([id, title, text, rule]) => ({ id, title, text, rule }));

// What a fault of the log did. Scripts may use kinds that are not among the common ones; of a status the log knows no more than its kind, and
// the first that is listed says what holds for all.
export const faultText = kind => all.find(({ rule }) => rule.kind === kind)?.text ?? '';

export function setUp(changed) {
  const select = byId('fault');
  for (const [group, faults] of Object.entries(Common))
    select.append(el('optgroup', { label: group }, ...faults.map(([id, title]) => el('option', { value: id }, title))));
  const chosen = () => all.find(({ id }) => id === select.value);
  const describe = () => say(byId('fault-text'), chosen().text);
  select.addEventListener('change', describe);
  describe();
  byId('fault-form').addEventListener('submit', async event => {
    event.preventDefault();
    const scope = byId('fault-scope').value;
    await addFault({ ...chosen().rule, ...(scope && { to: Number(scope) }) });
    changed();
  });
}

let shown = '';

export function show(faults, changed) {
  const text = JSON.stringify(faults);
  if (text === shown) return;
  shown = text;
  byId('fault-list').replaceChildren(...faults.map(rule => row(rule, changed)));
}

function row(rule, changed) {
  const known = all.find(({ rule: common }) => common.kind === rule.kind && (rule.kind !== 'status' || common.status === rule.status));
  const title = known?.title ?? rule.kind;
  const isOver = rule.to !== undefined && rule.hits >= rule.to - rule.from + 1 && !rule.count_per_file;
  const strikes = rule.hits === 0 ? 'has not struck yet'
    : `struck ${rule.hits === 1 ? 'once' : `${rule.hits} times`}${isOver ? ', and is over' : ''}`;
  async function remove() {
    await removeFault(rule.number);
    changed();
    byId('fault').focus();
  }
  return el('li', {},
    el('span', {}, title, el('small', {}, `${rule.to === 1 ? 'once' : 'every time'}; ${strikes}`)),
    el('button', { type: 'button', class: 'small', 'aria-label': `Remove fault: ${title}`, click: remove }, 'Remove'));
}
