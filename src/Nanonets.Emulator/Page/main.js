// The emulator's page. What it shows is the emulator's state, so that all tabs and all clients show up in it.
import * as detail from './detail.js';
import { byId, say } from './dom.js';
import * as emulator from './emulator.js';
import * as faults from './faults.js';
import * as lines from './lines.js';
import * as requests from './requests.js';
import * as trying from './try.js';

let connection = null;
let selected = null;
let awaited = null;

const watch = new emulator.Watch(changed, () => live(false));

async function changed(news, isOther) {
  if (isOther) {
    selected = null;
    detail.clear();
    connection = await emulator.connection();
    trying.connect(connection);
    say(byId('address'), connection.api_uri);
    say(byId('connect'), lines.connect(connection));
  }

  live(true);
  requests.update(news, isOther, select);
  faults.show(news.faults, () => watch.now());
  await requests.showBill(news);

  const own = awaited && requests.find(request => request.try === awaited);
  if (own) {
    awaited = null;
    await select(own.began, false);
  } else if (news.requests.some(request => request.began === selected)) {
    await open(selected);
  }
}

function live(isLive) {
  byId('live').classList.toggle('lost', !isLive);
  say(byId('live'), isLive ? 'Live' : 'The emulator does not answer. Is it still running?');
}

// The request of this page is selected as soon as the emulator knows it.
function follow(tryId) {
  awaited = tryId ?? awaited;
  watch.now();
}

async function select(began, isClicked = true) {
  selected = began;
  requests.select(began);
  await open(began);
  if (selected !== began || byId('detail').hidden) return;
  const title = byId('detail-title');
  const { top, bottom } = title.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight) title.scrollIntoView({ block: 'start' });
  if (isClicked) title.focus({ preventScroll: true });
}

async function open(began) {
  await detail.show(began, connection, page => trying.askFor(page, follow));
}

faults.setUp(() => watch.now());
trying.setUp(follow);
