// The door's HTTP interface. Addresses are relative to the page's own, so that it also works below a path.
const [, base, link] = location.pathname.match(/^(.*)\/j\/([^/]+)$/) ?? [, '', ''];

/** What the server refused, with its sentence for people. status 0: there was no answer at all. */
export class Refused extends Error {
  constructor(status, reason, text, retryAfter = 0) {
    super(text);
    Object.assign(this, { status, reason, retryAfter });
  }
  /** The server or the way to it is in trouble; the same request may work soon. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

async function ask(method, path, body, signal) {
  let answer;
  try {
    answer = await fetch(base + path, {
      method, signal, cache: 'no-store', credentials: 'omit',
      headers: body ? { 'Content-Type': 'application/json' } : {}, body: body && JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Refused(0, 'unreachable', 'The server cannot be reached. Please check your network connection.');
  }
  if (answer.status === 204) return null;
  const content = await answer.json().catch(() => ({}));
  if (answer.ok) return content;
  const retryAfter = Number(answer.headers.get('Retry-After')) || 0;
  throw new Refused(answer.status, content.reason ?? 'internal',
    content.text ?? 'The server cannot be reached right now. Please try again.', retryAfter);
}

const callPath = (call, action) => `/api/call/${call}${action ? '/' + action : ''}`;

export const resolveLink = () => ask('GET', `/api/link/${link}`);
export const join = (name, sdp) => ask('POST', callPath(link), { name, sdp });
export const offer = (call, sdp) => ask('POST', callPath(call, 'offer'), { sdp });
export const sendCandidates = (call, candidates) => ask('POST', callPath(call, 'candidates'), { candidates });
export const sendMute = (call, audio, video) => ask('POST', callPath(call, 'mute'), { audio, video });
export const events = (call, signal) => ask('GET', callPath(call, 'events'), undefined, signal);
export const leave = (call) => ask('DELETE', callPath(call));
/** For a page that is being closed: the browser sends it even then. */
export const leaveByBeacon = (call) => navigator.sendBeacon(base + callPath(call, 'leave'));
