// The faults: a few common ones to choose, and those in force with how often they have struck.
import { addFault, removeFault } from './emulator.js';
import { byId, el, say } from './dom.js';

const Uploads = { route: 'LabelFile' };

export const Common = {
  'The answer is lost': {
    cut_after: ['Connection cut before the answer', 'Processed and charged; then the connection is cut.', { kind: 'cut_after', ...Uploads }],
    truncated_answer: ['Answer breaks off in the middle', 'Processed and charged; half of the answer arrives.', { kind: 'truncated_answer', ...Uploads }],
    status_after: ['502 from a gateway, after processing', 'Processed and charged; a gateway answers in its place.',
      { kind: 'status_after', status: 502, body: 'html', ...Uploads }],
    stall_after: ['No answer, after processing', 'Processed and charged; the answer never comes.', { kind: 'stall_after', ...Uploads }],
  },
  'The upload is refused': {
    503: ['503 Service Unavailable', 'Nothing is processed or charged.', { kind: 'status', status: 503, ...Uploads }],
    429: ['429 Too Many Requests', 'Nothing is processed or charged; Retry-After says 5 seconds.',
      { kind: 'status', status: 429, retry_after: '5', ...Uploads }],
    402: ['402 Free pages used up', 'Nothing is processed or charged.', { kind: 'status', status: 402, ...Uploads }],
    401: ['401 Key rejected', 'Nothing is processed or charged.', { kind: 'status', status: 401, ...Uploads }],
  },
  'The line is bad': {
    cut_upload: ['Upload cut in the middle', 'Half of the request arrives; nothing is processed or charged.', { kind: 'cut_upload', ...Uploads }],
    delay: ['Slow answer', 'Processing begins 3 seconds late.', { kind: 'delay', delay: 3, ...Uploads }],
  },
  'Reading goes wrong': {
    file_fails: ['The document fails', 'Charged; reading it ends in failure.', { kind: 'file_fails' }],
    file_never_finishes: ['The document is never finished', 'Charged; it stays pending for ever.', { kind: 'file_never_finishes' }],
    file_slow: ['The document is slow', 'Each page takes 3 seconds.', { kind: 'file_slow', delay: 3 }],
  },
};

const all = Object.assign({}, ...Object.values(Common));

// What a fault of the log did; scripts may use kinds that are not among the common ones.
export const faultText = kind => Object.values(all).find(([, , rule]) => rule.kind === kind && rule.kind !== 'status')?.[1] ?? '';

export function setUp(changed) {
  const select = byId('fault');
  for (const [group, faults] of Object.entries(Common))
    select.append(el('optgroup', { label: group }, ...Object.entries(faults).map(([id, [title]]) => el('option', { value: id }, title))));
  const describe = () => say(byId('fault-text'), all[select.value][1]);
  select.addEventListener('change', describe);
  describe();
  byId('fault-form').addEventListener('submit', async event => {
    event.preventDefault();
    const scope = byId('fault-scope').value;
    await addFault({ ...all[select.value][2], ...(scope && { to: Number(scope) }) });
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
  const known = Object.values(all).find(([, , common]) => common.kind === rule.kind && (rule.kind !== 'status' || common.status === rule.status));
  const title = known ? known[0] : rule.kind;
  const isOver = rule.to !== undefined && rule.hits >= rule.to - rule.from + 1 && !rule.count_per_file;
  const strikes = rule.hits === 0 ? 'has not struck yet' : `struck ${rule.hits === 1 ? 'once' : `${rule.hits} times`}${isOver ? ', and is over' : ''}`;
  return el('li', { class: isOver ? 'over' : null },
    el('span', {}, title, el('small', {}, `${rule.to === 1 ? 'once' : 'every time'}; ${strikes}`)),
    el('button', { type: 'button', class: 'small', 'aria-label': `Remove fault: ${title}`, click: async () => { await removeFault(rule.number); changed(); } }, 'Remove'));
}
