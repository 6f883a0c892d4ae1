// An ordinary user of stanza.js, a Jingle library that knows nothing of Rollcall. Driven from outside by window.participant.
import * as XMPP from 'stanza';
import * as JXT from 'stanza/jxt';

const JMI = 'urn:xmpp:jingle-message:0';
const STEPS = ['propose', 'proceed', 'ringing', 'accept', 'reject', 'retract', 'finish'];
// XEP-0353, which the library lacks. Its messages must be stored (XEP-0334) to reach who is away.
const callMessages = STEPS.map(step => ({
  element: step,
  namespace: JMI,
  path: `message.${step}`,
  fields: {
    id: JXT.attribute('id'),
    ...(step === 'propose' ? { media: JXT.multipleChildAttribute('urn:xmpp:jingle:apps:rtp:1', 'description', 'media') } : {}),
  },
}));

const began = performance.now();
const events = []; // what happened: {t, kind, …}
const stanzas = []; // every stanza, both ways: {t, way, xml}
const sessions = [];
let client;

const now = () => Math.round(performance.now() - began);
const note = (kind, more = {}) => events.push({ t: now(), kind, ...more });

function onMessage(message, answers) {
  note('message', { from: message.from, body: message.body });
  for (const step of STEPS) if (message[step]) note(step, { from: message.from, id: message[step].id });
  if (message.propose && answers) {
    client.sendMessage({ to: message.from, type: 'chat', proceed: { id: message.propose.id } });
  }
}

async function answer(session) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
  for (const track of stream.getTracks()) session.addTrack(track, stream);
  await session.accept();
}

function login({ jid, password, websocket, answers = true }) {
  client = XMPP.createClient({
    jid, password,
    transports: { websocket, bosh: false },
    jingle: { iceServers: [], bundlePolicy: 'balanced' }, // the library's default is a public STUN server
  });
  client.stanzas.define(callMessages);
  client.disco.addFeature(JMI);
  client.on('raw:outgoing', xml => stanzas.push({ t: now(), way: 'out', xml }));
  client.on('raw:incoming', xml => stanzas.push({ t: now(), way: 'in', xml }));
  client.on('presence', p => note('presence', { from: p.from, type: p.type || 'available', show: p.show, status: p.status }));
  client.on('subscribe', p => { client.acceptSubscription(p.from); client.subscribe(p.from); });
  client.on('message', message => onMessage(message, answers));
  client.on('jingle:created', session => {
    session.pc.addEventListener('connectionstatechange', () => note('connection', { state: session.pc.connectionState }));
  });
  client.on('jingle:incoming', session => {
    sessions.push(session);
    note('incoming', { from: session.peerID });
    if (answers) answer(session);
  });
  client.on('jingle:terminated', (session, reason) => note('terminated', { reason: reason && reason.condition }));
  return new Promise((resolve, reject) => {
    client.on('session:started', async () => {
      await client.getRoster();
      client.updateCaps();
      client.sendPresence({ legacyCapabilities: client.disco.getCaps() });
      resolve(client.jid);
    });
    client.on('auth:failed', () => reject(new Error('the server refused the password')));
    client.connect();
  });
}

async function start(jid, sid, kinds) {
  const stream = await navigator.mediaDevices.getUserMedia(kinds);
  const session = client.jingle.createMediaSession(jid, sid, stream);
  sessions.push(session);
  note('calling', { to: jid });
  await session.start();
  return session.sid;
}

// session-initiate to a full address, no ringing before.
const call = (jid, kinds = { audio: true, video: true }) => start(jid, undefined, kinds);

// XEP-0353: propose to the bare address, session-initiate to whoever says proceed.
async function propose(jid, kinds = { audio: true, video: true }) {
  const id = crypto.randomUUID();
  const proceeded = new Promise((resolve, reject) => client.on('message', message => {
    if (message.proceed && message.proceed.id === id) resolve(message.from);
    for (const step of ['reject', 'finish']) if (message[step] && message[step].id === id) reject(new Error(`${step}: ${message.body || ''}`));
  }));
  note('propose sent', { to: jid, id });
  client.sendMessage({ to: jid, type: 'chat', propose: { id, media: Object.keys(kinds).filter(kind => kinds[kind]) } });
  return start(await proceeded, id, kinds);
}

const hangup = () => sessions.forEach(session => session.end());
// New ICE credentials and candidates: what a phone does that has moved to another network.
const restartIce = () => Promise.all(sessions.map(session => session.restartIce()));
const logout = async () => { hangup(); client.disconnect(); };
const say = (to, body) => client.sendMessage({ to, body, type: 'chat' });

window.participant = { login, call, propose, hangup, restartIce, logout, say, events: () => events, stanzas: () => stanzas };
