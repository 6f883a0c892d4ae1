// The page: lobby, call, over.
import * as api from './api.js';
import { Call } from './call.js';
import { listDevices, openCamera, openDevices } from './devices.js';

const at = (id) => document.getElementById(id);
const linkEvery = 5000;
const remembered = (key) => { try { return localStorage.getItem(`rollcall.${key}`) ?? ''; } catch { return ''; } };
const remember = (key, value) => { try { localStorage.setItem(`rollcall.${key}`, value); } catch { /* private mode */ } };

let media = { camera: null, microphone: null };
let call = null;
let linkIsGood = false;
let linkTrouble = '';   // what the notice says of the link; other notices are not taken away

function setState(name, text) {
  at('state').dataset.state = name;
  at('state').textContent = text;
}

function show(view) {
  document.body.dataset.view = view;
}

function notice(text, bad = false) {
  at('notice').textContent = text;
  at('notice').hidden = !text;
  at('notice').classList.toggle('bad', bad);
}

// ---- people and link ----

function showPeople({ title, running, people }) {
  at('title').textContent = title;
  document.title = `${title} – video call`;
  at('who').textContent = running && people.length ? `${people.slice(0, 3).join(', ')}${people.length > 3
    ? ` and ${people.length - 3} more` : ''} ${people.length > 1 ? 'are' : 'is'} in the call` : 'Nobody is here yet';
  at('count').textContent = people.length;
  at('people').replaceChildren(...people.map((name) => {
    const item = document.createElement('li');
    item.textContent = name;
    return item;
  }));
}

/** Whether it is worth looking again. */
async function lookAtLink() {
  try {
    showPeople(await api.resolveLink());
    if (!linkIsGood && !call) setState('lobby', 'Ready to join');
    linkIsGood = true;
    if (linkTrouble && at('notice').textContent === linkTrouble) notice('');
    linkTrouble = '';
  } catch (error) {
    if (call) return true;
    linkIsGood = false;
    linkTrouble = error.message;
    setState('refused', error.passing ? 'Waiting for the server…' : 'This link cannot be used');
    notice(error.message, true);
    at('join').disabled = true;
    return error.passing;
  }
  at('join').disabled = Boolean(call);
  return true;
}

async function followLink() {
  while (document.body.dataset.view === 'over' || await lookAtLink()) {
    await new Promise((done) => setTimeout(done, linkEvery));
  }
}

// ---- devices ----

async function fillChoice(kind) {
  const select = at(`${kind}-choice`);
  const chosen = media[kind]?.getSettings().deviceId ?? '';
  const devices = await listDevices(kind);
  const option = (value, label) => Object.assign(document.createElement('option'), { value, textContent: label });
  select.replaceChildren(...devices.map(({ id, label }) => option(id, label)),
    option('none', kind === 'camera' ? 'No camera' : 'No microphone'));
  select.value = media[kind] && devices.some(({ id }) => id === chosen) ? chosen : 'none';
}

async function openChosen() {
  for (const kind of ['camera', 'microphone']) media[kind]?.stop();
  const { problem, ...opened } = await openDevices({ camera: remembered('camera'), microphone: remembered('microphone') });
  media = opened;
  at('preview').srcObject = media.camera && new MediaStream([media.camera]);
  at('preview').hidden = !media.camera;
  at('preview-text').textContent = 'You will be shown by your name.';
  if (!at('notice').classList.contains('bad')) notice(problem);
  await Promise.all([fillChoice('camera'), fillChoice('microphone')]);
}

// ---- call ----

function showButtons() {
  const muted = !media.microphone?.enabled;
  const dark = !media.camera;
  at('mute').setAttribute('aria-pressed', muted);
  at('mute').disabled = !media.microphone;
  at('mute').querySelector('span').textContent = !media.microphone ? 'No microphone' : muted ? 'Unmute' : 'Mute';
  at('camera').setAttribute('aria-pressed', dark);
  at('camera').querySelector('span').textContent = dark ? 'Camera on' : 'Camera off';
  at('self').srcObject = media.camera && new MediaStream([media.camera]);
  at('self').hidden = dark;
}

function banner(text) {
  at('banner').textContent = text;
  at('banner').hidden = !text;
}

/** A reconnection is said in the picture as well, and taken away when it has succeeded. */
function followState(state, text) {
  const before = at('state');
  if (before.dataset.state === 'reconnecting' && at('banner').textContent === before.textContent) banner('');
  setState(state, text);
  if (state === 'reconnecting') banner(text);
}

async function playMix(stream) {
  const mix = at('mix');
  if (mix.srcObject !== stream) mix.srcObject = stream;
  try {
    await mix.play();
    at('listen').hidden = true;
  } catch (error) {
    at('listen').hidden = error.name !== 'NotAllowedError';
  }
}

function over(text) {
  call = null;
  for (const kind of ['camera', 'microphone']) media[kind]?.stop();
  at('mix').srcObject = null;
  at('over-text').textContent = text;
  setState('ended', 'Not in the call');
  show('over');
  at('again').focus();
}

async function join(event) {
  event.preventDefault();
  if (call || !linkIsGood) return;
  const name = at('name').value.trim();
  remember('name', name);
  notice('');
  at('join').disabled = true;
  call = new Call(name, media, {
    state: followState, mix: playMix, over,
    message: (text) => { banner(text); setTimeout(() => at('banner').textContent === text && banner(''), 8000); },
  });
  try {
    await call.start();
    show('call');
    showButtons();
    at('mute').focus({ preventScroll: true });
  } catch (error) {
    call.leave();
    call = null;
    setState('refused', 'Not in the call');
    notice(error.message, true);
    at('join').disabled = false;
  }
}

async function toggleCamera() {
  if (!call) return;
  at('camera').disabled = true;
  try {
    const before = media.camera;
    await call.setCamera(before ? null : await openCamera(remembered('camera') === 'none' ? '' : remembered('camera')));
    before?.stop();
  } catch (error) {
    banner(error.name === 'NotAllowedError' ? 'The camera is blocked. Allow it in your browser’s address bar.'
      : 'The camera cannot be used.');
  }
  at('camera').disabled = false;
  showButtons();
}

function toggleMicrophone() {
  if (!call || !media.microphone) return;
  call.setMicrophone(!media.microphone.enabled);
  showButtons();
}

function leave() {
  call?.leave();
  over('You have left the conference.');
}

// ---- start ----

at('name').value = remembered('name');
at('form').addEventListener('submit', join);
for (const kind of ['camera', 'microphone']) {
  at(`${kind}-choice`).addEventListener('change', async ({ target }) => {
    remember(kind, target.value);
    await openChosen();
  });
}
at('mute').addEventListener('click', toggleMicrophone);
at('camera').addEventListener('click', toggleCamera);
at('leave').addEventListener('click', leave);
at('listen').addEventListener('click', () => playMix(at('mix').srcObject));
at('again').addEventListener('click', async () => {
  show('lobby');
  setState('lobby', 'Ready to join');
  await openChosen();
  await lookAtLink();
});
document.addEventListener('keydown', (event) => {
  if (!call || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === 'm') toggleMicrophone();
  if (event.key === 'c') toggleCamera();
});
window.addEventListener('pagehide', () => call?.leave(true));
window.addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
navigator.mediaDevices?.addEventListener('devicechange', () => { fillChoice('camera'); fillChoice('microphone'); });

followLink();
openChosen();
