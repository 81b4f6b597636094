'use strict';
const $ = id => document.getElementById(id);
const articles = document.getElementsByClassName('document');
const sheets = document.getElementsByClassName('sheet');
$('off').remove();

// Pictures lie in templates, which cost next to nothing; each is shown while it is near the screen.
function show(sheet) {
  const template = sheet.querySelector('template');
  if (!template || sheet.querySelector('img')) return;
  const picture = template.content.firstElementChild.cloneNode();
  picture.onload = () => measure(sheet, picture);
  picture.onerror = () => sheet.classList.add('broken');
  sheet.prepend(picture);
}

// A result without the size of its page: its positions are pixels of the picture.
function measure(sheet, picture) {
  const boxes = sheet.querySelector('svg');
  if (boxes && !boxes.hasAttribute('viewBox')) boxes.setAttribute('viewBox', `0 0 ${picture.naturalWidth} ${picture.naturalHeight}`);
}

const near = new IntersectionObserver(entries => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) show(target);
    else target.querySelector('img')?.remove();
  }
}, { rootMargin: '100% 0px' });

// Sheets are watched while the file is still being read; the last one may be incomplete until then.
let watched = 0;
function watch() {
  const complete = document.readyState !== 'loading';
  for (const end = sheets.length - (complete ? 0 : 1); watched < end; watched++) near.observe(sheets[watched]);
  if (complete) filter();
  else requestAnimationFrame(watch);
}

// From a value in the list to its box and back.
const partner = link => $((link.id[0] === 'b' ? 'v' : 'b') + link.id.slice(1));
const valueAt = target => target.closest?.('a[href^="#b"], a[href^="#v"]') ?? target.closest?.('tr')?.querySelector('a[href^="#b"]');
let lit = [];
function light(link) {
  lit.forEach(one => one.classList.remove('on'));
  const other = link && partner(link);
  lit = other ? [link, other] : [];
  lit.forEach(one => one.classList.add('on'));
  tell(lit.find(one => one.id[0] === 'b'));
}

function tell(box) {
  const tip = $('tip');
  tip.hidden = !box;
  if (!box) return;
  const [label, text, score] = tip.children;
  [label.textContent, text.textContent, score.textContent] = [box.dataset.label, box.dataset.text, box.dataset.score];
  const at = box.getBoundingClientRect();
  const above = at.top - tip.offsetHeight - 6;
  tip.style.top = `${above > 0 ? above : at.bottom + 6}px`;
  tip.style.left = `${Math.max(6, Math.min(at.left, innerWidth - tip.offsetWidth - 6))}px`;
  tip.classList.toggle('away', at.bottom < 0 || at.top > innerHeight);
}

function go(link) {
  link.focus({ preventScroll: true });
  link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

document.addEventListener('pointerover', event => light(valueAt(event.target)));
document.addEventListener('focusin', event => light(valueAt(event.target)));
document.addEventListener('scroll', () => tell(lit.find(one => one.id[0] === 'b')), { passive: true });
document.addEventListener('click', event => {
  const link = valueAt(event.target);
  if (!link || event.target.closest('a') !== link) return;
  event.preventDefault();
  go(partner(link));
});

// Filters.
const texts = new WeakMap();
const textOf = article => texts.get(article) ?? texts.set(article, article.textContent.toLowerCase()).get(article);
const shown = () => [...articles].filter(article => !article.hidden);

function matches(article, words, state, label, score) {
  const data = article.dataset;
  return (!state || data.state === state || (state === 'person' && 'person' in data))
    && (score === '' || (data.score && Number(data.score) <= Number(score)))
    && (!label || article.querySelector(label))
    && words.every(word => textOf(article).includes(word));
}

function filter() {
  const words = $('search').value.toLowerCase().split(/\s+/).filter(Boolean);
  const label = $('label').value && `[data-label="${CSS.escape($('label').value)}"]`;
  for (const article of articles) article.hidden = !matches(article, words, $('state').value, label, $('score').value);
  mark(label);
  const left = shown().length;
  $('none').hidden = left > 0 || articles.length === 0;
  $('count').textContent = left === articles.length ? `${left} document${left === 1 ? '' : 's'}` : `${left} of ${articles.length} documents`;
}

// What has the label that is looked for stands out, by two rules of style: there may be very many of them.
const style = document.styleSheets[0];
const own = style.cssRules.length;
function mark(label) {
  while (style.cssRules.length > own) style.deleteRule(own);
  if (!label) return;
  style.insertRule(`.sheet ${label} rect { stroke: #1d4fb8; stroke-width: 2.5; }`, own);
  style.insertRule(`.values ${label}, .values ${label} > * { font-weight: 650; }`, own);
}

function choose() {
  filter();
  if ($('documents').getBoundingClientRect().top < 0) $('documents').scrollIntoView();
}

function reset() {
  for (const id of ['search', 'state', 'label', 'score']) $(id).value = '';
  filter();
}

let typing = 0;
function chooseSoon() {
  clearTimeout(typing);
  typing = setTimeout(choose, 120);
}

for (const id of ['search', 'score']) $(id).addEventListener('input', chooseSoon);
for (const id of ['state', 'label']) $(id).addEventListener('change', choose);

// What is gone to stands below the bar, however high that is.
const bar = document.querySelector('.tools');
new ResizeObserver(() => document.documentElement.style.setProperty('--bar', `${bar.offsetHeight}px`)).observe(bar);

// From document to document: from the one with the focus, else from the one at the top of the screen.
function move(step) {
  const list = shown();
  const edge = Math.min(bar.offsetHeight, Math.max(0, bar.getBoundingClientRect().bottom)) + 40;
  const from = document.activeElement.closest?.('.document');
  let at = from ? list.indexOf(from) : list.findLastIndex(article => article.getBoundingClientRect().top < edge);
  at = Math.max(0, Math.min(list.length - 1, at + step));
  if (list[at]) jump(list[at]);
}

let target = null;
function jump(article) {
  target = article;
  article.querySelector('h2').focus({ preventScroll: true });
  aim(article, 20);
}

// Pages near the screen get their true height, frame by frame, which can move what was aimed at: so it is aimed at again.
function aim(article, frames) {
  if (article !== target) return;
  article.scrollIntoView();
  if (frames > 0) requestAnimationFrame(() => aim(article, frames - 1));
}

for (const hand of ['wheel', 'touchstart', 'pointerdown']) addEventListener(hand, () => { target = null; }, { passive: true });
document.querySelector('.first').addEventListener('click', event => {
  const link = event.target.closest('a');
  if (!link) return;
  event.preventDefault();
  const article = $(link.hash.slice(1));
  if (article.hidden) reset();
  jump(article);
});

for (const [id, step] of [['next', 1], ['previous', -1]]) {
  $(id).addEventListener('click', () => move(step));
  // The focus stays in the document, so that the next one is the next of that.
  $(id).addEventListener('mousedown', event => event.preventDefault());
}

const arrows = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const link = event.target.closest('a[href^="#b"], a[href^="#v"]');
  if (link && arrows[event.key]) {
    const all = [...link.closest('svg, .values').querySelectorAll('a[href^="#"]')];
    const next = all[all.indexOf(link) + arrows[event.key]];
    event.preventDefault();
    if (next) go(next);
    return;
  }
  if (event.key === 'Escape') light(null);
  if (!$('keys').checked || event.target.closest('input, select, textarea')) return;
  if (event.key === '/') $('search').focus();
  else if ('jn'.includes(event.key)) move(1);
  else if ('kp'.includes(event.key)) move(-1);
  else return;
  event.preventDefault();
});

// A printer gets every picture of what is shown; then those far from the screen go again, since each is looked at anew.
addEventListener('beforeprint', () => shown().forEach(article => article.querySelectorAll('.sheet').forEach(show)));
addEventListener('afterprint', () => [...sheets].forEach(sheet => { near.unobserve(sheet); near.observe(sheet); }));
addEventListener('DOMContentLoaded', watch);
watch();
