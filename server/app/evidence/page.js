// The page itself: takes a file, lets the module check it with the browser's own key, and tells what came of it.
// `initSync`, `questions` and `judge` are the module's; `module`, `words`, `problems` and `events` stand before this text.
const LARGEST = 50_000_000;
const at = (id) => document.getElementById(id);
const bytesOf = (base64) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const unhex = (digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
initSync({ module: bytesOf(module) });

let language = navigator.language.startsWith('en') ? 'en' : 'ja';
let shown = { file: undefined, result: undefined };
const word = (key) => words[key][language === 'ja' ? 0 : 1];
const told = (list, code) => list.find(([known]) => known === code)?.[language === 'ja' ? 1 : 2] ?? code;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** The signatures that the key of the file made, by the browser's own Ed25519. */
async function made({ key, asked }) {
  if (key === null) return [];
  const algorithm = { name: 'Ed25519' };
  const imported = await crypto.subtle.importKey('spki', bytesOf(key), algorithm, false, ['verify']);
  const answers = asked.map(({ digest, signature }) => crypto.subtle.verify(algorithm, imported, unhex(signature), unhex(digest)));
  const found = await Promise.all(answers);
  return asked.filter((_, place) => found[place]);
}

async function check(file) {
  if (file.size > LARGEST) return { failure: 'tooLarge' };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const asked = JSON.parse(questions(bytes));
  let answered;
  try {
    answered = await made(asked);
  } catch (error) {
    // A browser without the algorithm must not be taken for a file without a signature.
    return { failure: 'noAlgorithm' };
  }
  const given = { fingerprint: at('fingerprint').value, head: at('head').value };
  try {
    return { ...JSON.parse(judge(bytes, JSON.stringify(answered), JSON.stringify(given))), given };
  } catch (error) {
    return { failure: error.message === 'head' ? 'wrongHead' : 'wrongFingerprint' };
  }
}

function faultLine({ problem, line, member, bytes, detail }) {
  const place = line === undefined ? '' : word('line').replace('{line}', line);
  const range = word('bytes').replace('{from}', bytes.start).replace('{until}', bytes.end);
  const said = detail ? [' ', element('code', { textContent: detail })] : [];
  return element('li', {}, element('strong', { textContent: told(problems, problem) }), element('br'),
    `${place} `, element('code', { textContent: member || '/' }), ` ${range}`, ...said);
}

function verdictOf({ verdict, given }) {
  const { number, fingerprint, lines, heads, unsaid, faults } = verdict;
  const good = faults.length === 0;
  const title = good ? word('good') : word('bad').replace('{faults}', faults.length);
  const counts = word('counts').replace('{lines}', lines).replace('{heads}', heads);
  const box = element('div', { className: good ? 'good' : 'bad' },
    element('h2', { textContent: number ? `${number}: ${title}` : title }),
    element('p', { textContent: counts }));
  if (faults.length) box.append(element('ul', {}, ...faults.map(faultLine)));
  if (unsaid) box.append(element('p', { textContent: word('unsaid').replace('{unsaid}', unsaid) }));
  if (fingerprint) box.append(element('p', {}, `${word('key')} `, element('code', { textContent: fingerprint })));
  if (fingerprint && !given.fingerprint) box.append(element('p', { textContent: word('compare') }));
  return box;
}

const label = (both) => both[language];
const moment = (text) => new Date(text).toLocaleString(language, { timeZone: 'Asia/Tokyo', dateStyle: 'medium', timeStyle: 'medium' });

function person(who) {
  const parts = who.askedAt.map((step) => word('askedAt').replace('{step}', label(step)));
  if (who.isApplicant) parts.unshift(word('applicant'));
  const shownAs = [...new Set(parts)].join('・') || word('other');
  return [shownAs, element('small', {}, element('code', { textContent: who.person }))];
}

function entryRow(entry) {
  const verdict = entry.verdict ? `: ${told(events, entry.verdict)}` : '';
  const who = entry.who ? person(entry.who) : [word('service')];
  const behalf = entry.onBehalfOf ? [element('small', { textContent: word('behalf') }), ...person(entry.onBehalfOf)] : [];
  const said = [entry.said, ...entry.files].filter(Boolean).join(' / ');
  return element('tr', {},
    element('th', { scope: 'row', textContent: entry.line }),
    element('td', { className: 'when', textContent: moment(entry.at), title: entry.at }),
    element('td', {}, ...who, ...behalf),
    element('td', {}, told(events, entry.what) + verdict, entry.step ? element('small', { textContent: label(entry.step) }) : undefined),
    element('td', { textContent: said }));
}

function table(caption, columns, rows) {
  const head = element('tr', {}, ...columns.map((key) => element('th', { scope: 'col', textContent: word(key) })));
  const made = element('table', {}, element('caption', { textContent: caption }), element('thead', {}, head), element('tbody', {}, ...rows));
  const wide = element('div', { className: 'wide', tabIndex: 0 }, made);
  wide.setAttribute('role', 'region');
  wide.setAttribute('aria-label', caption);
  return wide;
}

function call({ step, before, after, begun, done }) {
  const side = (key, value) => element('div', {}, element('h4', { textContent: word(key) }),
    element('pre', { textContent: value === null || value === undefined ? word('nothing') : JSON.stringify(value, null, 2) }));
  const times = [begun, done].filter(Boolean).map(moment).join(' – ');
  return element('article', {}, element('h3', { textContent: step }), element('p', { textContent: done ? times : `${times} ${word('unfinished')}` }),
    element('div', { className: 'sides' }, side('before', before), side('after', after)));
}

function storyOf(story) {
  const form = story.form[language === 'ja' ? 0 : 1];
  const answers = form.flatMap(({ label: name, value }) => [element('dt', { textContent: name }), element('dd', { textContent: value })]);
  return [
    element('h2', { textContent: `${story.number} ${label(story.workflow)}` }),
    element('p', { textContent: word('people') }),
    table(word('history'), ['number', 'when', 'who', 'what', 'said'], story.entries.map(entryRow)),
    element('h2', { textContent: word('form') }), element('dl', {}, ...answers),
    element('h2', { textContent: word('calls') }), ...(story.calls.length ? story.calls.map(call) : [element('p', { textContent: word('noCalls') })]),
  ];
}

function render() {
  document.documentElement.lang = language;
  document.title = `${word('title')} - Provisioning Flow`;
  for (const place of document.querySelectorAll('[data-word]')) place.textContent = word(place.dataset.word);
  for (const button of document.querySelectorAll('[data-language]')) button.setAttribute('aria-pressed', button.dataset.language === language);
  const { result } = shown;
  at('verdict').replaceChildren();
  at('story').replaceChildren();
  if (!result) return;
  if (result.failure) {
    at('verdict').append(element('div', { className: 'bad' }, element('p', { textContent: word(result.failure) })));
    return;
  }
  at('verdict').append(verdictOf(result));
  // What a file tells that does not hold is nobody's story.
  if (result.story && result.verdict.faults.length === 0) at('story').append(...storyOf(result.story));
}

async function take(file) {
  if (!file) return;
  shown = { file, result: undefined };
  at('verdict').replaceChildren(element('p', { textContent: word('busy') }));
  const result = await check(file);
  // Another file may have been dropped meanwhile.
  if (shown.file !== file) return;
  shown.result = result;
  render();
}

at('file').addEventListener('change', (event) => take(event.target.files[0]));
for (const id of ['fingerprint', 'head']) at(id).addEventListener('change', () => take(shown.file));
at('given').addEventListener('submit', (event) => event.preventDefault());
for (const button of document.querySelectorAll('[data-language]')) {
  button.addEventListener('click', () => {
    language = button.dataset.language;
    render();
  });
}
const drop = document.querySelector('.drop');
addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
addEventListener('dragleave', () => drop.classList.remove('over'));
addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  take(event.dataTransfer.files[0]);
});
render();
