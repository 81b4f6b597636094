// The form: documents and parameters in, one request out.
import * as emulator from './emulator.js';
import { byId, el, say, sizeText } from './dom.js';

const input = byId('files');
const drop = byId('drop');
const said = byId('said');
let chosen = [];
let connection = null;
let sending = null;

export function connect(to) {
  connection = to;
  byId('model').value = to.model_ids[0];
  byId('models').replaceChildren(...to.model_ids.map(id => el('option', { value: id })));
  byId('key').value = to.api_key;
  byId('send').disabled = sending !== null;
}

export function setUp(began) {
  input.addEventListener('change', () => { add(input.files); input.value = ''; });
  // Anywhere on the page: a file that misses the box would replace the page.
  for (const name of ['dragenter', 'dragover']) addEventListener(name, event => { event.preventDefault(); drop.classList.add('over'); });
  for (const name of ['dragleave', 'drop']) addEventListener(name, event => { event.preventDefault(); drop.classList.remove('over'); });
  addEventListener('drop', event => add(event.dataTransfer.files));
  byId('cancel').addEventListener('click', () => sending?.abort());
  byId('try-form').addEventListener('submit', event => {
    event.preventDefault();
    if (chosen.length === 0) {
      say(said, 'Choose a document first.');
      input.focus();
    } else {
      send(began);
    }
  });
}

function add(files) {
  chosen.push(...files);
  say(said, '');
  show();
}

function show() {
  byId('chosen').replaceChildren(...chosen.map((file, i) => el('li', {},
    el('span', {}, file.name, el('small', {}, sizeText(file.size))),
    el('button', { type: 'button', class: 'small', 'aria-label': `Leave out ${file.name}`, click: () => leaveOut(i) }, '×'))));
}

function leaveOut(i) {
  chosen.splice(i, 1);
  show();
  input.focus();
}

function send(began) {
  const form = new FormData();
  for (const file of chosen) form.append('file', file, file.name);
  for (const [id, name] of [['pages', 'pages_to_process'], ['metadata', 'request_metadata']])
    if (byId(id).value.trim()) form.append(name, byId(id).value.trim());
  const path = `OCR/Model/${encodeURIComponent(byId('model').value.trim())}/LabelFile/?async=${byId('async').checked}`;
  run('POST', path, form, began);
}

// The queued document's other half: asks for its result, as a client does.
export function askFor(page, began) {
  const path = `Inferences/Model/${encodeURIComponent(page.model_id)}/InferenceRequestFiles/GetPredictions/${page.request_file_id}`;
  run('GET', path, undefined, began);
}

async function run(method, path, body, began) {
  const tryId = crypto.randomUUID();
  const { signal } = sending = new AbortController();
  byId('send').disabled = true;
  byId('cancel').hidden = false;
  say(said, 'Sending …');
  began(tryId);
  try {
    const status = await emulator.call(connection.api_uri, method, path, byId('key').value, tryId, body, signal);
    say(said, `Answered with status ${status}.`);
  } catch (failure) {
    // A browser says no more than that the answer did not come, or not whole.
    say(said, signal.aborted ? 'Cancelled. What was sent may have been processed.' : 'No answer: the connection broke.');
    if (!(failure instanceof TypeError || failure instanceof DOMException)) throw failure;
  } finally {
    sending = null;
    byId('send').disabled = false;
    byId('cancel').hidden = true;
    began();
  }
}
