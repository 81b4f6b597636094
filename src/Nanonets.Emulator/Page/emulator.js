// What the page asks of the emulator: its control routes, which count as no request, and uploads to its API.

const Control = '/__emulator/';

export class NoAnswer extends Error {}

// Null for what is not there any more.
async function ask(path, method = 'GET', body) {
  const response = await fetch(Control + path, { method, body: body && JSON.stringify(body), cache: 'no-store' })
    .catch(() => { throw new NoAnswer('The emulator does not answer.'); });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

export const connection = () => ask('connection');
export const request = began => ask(`requests/${began}`);
export const file = id => ask(`files/${encodeURIComponent(id)}`);
export const billing = () => ask('billing');
export const addFault = rule => ask('faults', 'POST', rule);
export const removeFault = number => ask(`faults/${number}`, 'DELETE');

// The request is found in the log by an id that the page gives it.
export async function call(api, method, path, key, tryId, body, signal) {
  const authorization = `Basic ${btoa(String.fromCharCode(...new TextEncoder().encode(`${key}:`)))}`;
  const response = await fetch(`${api}/${path}`, {
    method, body, signal, cache: 'no-store', headers: { Authorization: authorization, 'X-Emulator-Try': tryId },
  });
  await response.arrayBuffer();
  return response.status;
}

// Asks for what has changed, as long as the page is looked at. A question holds no connection: the emulator can end at any time, and
// one that is started in its place is noticed by its id.
export class Watch {
  #since = 0;
  #emulator = null;
  #changed;
  #lost;
  #timer = 0;

  constructor(changed, lost) {
    this.#changed = changed;
    this.#lost = lost;
    document.addEventListener('visibilitychange', () => this.now());
    this.now();
  }

  now() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), 0);
  }

  async #ask() {
    const timer = this.#timer;
    let pause = 500;
    try {
      const isNew = this.#emulator === null;
      let news = await ask(`watch?since=${this.#since}`);
      if (!isNew && news.emulator !== this.#emulator) news = await ask('watch?since=0');
      await this.#changed(news, news.emulator !== this.#emulator);
      this.#emulator = news.emulator;
      this.#since = news.step;
    } catch (failure) {
      if (failure instanceof NoAnswer) this.#lost();
      else console.error(failure);
      pause = 1000;
    }
    // now() may have started another one in the meantime.
    if (timer === this.#timer && !document.hidden) this.#timer = setTimeout(() => this.#ask(), pause);
  }
}
