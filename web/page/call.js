// One guest's call: the peer connection, its repair, and the news from the door.
import * as api from './api.js';
import { fitLayers, layersFor } from './layers.js';

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const disconnectedFor = 2500;   // ICE mends short gaps by itself
const repairWithin = 12000;     // then a new call under the same name
const gatherFor = 400;          // what comes later is trickled

/** VP8 first: it is what the conference mixes and what every browser can send. */
function preferVp8(transceiver) {
  const codecs = RTCRtpReceiver.getCapabilities('video')?.codecs;
  if (!codecs || !transceiver.setCodecPreferences) return;
  const rank = (codec) => (/vp8$/i.test(codec.mimeType) ? 0 : 1);
  transceiver.setCodecPreferences([...codecs].sort((a, b) => rank(a) - rank(b)));
}

export class Call {
  /**
   * `media`: {camera, microphone}, tracks or null. `on`: {state(name, text), mix(stream), message(text), over(text)};
   * state names: joining, connected, reconnecting. over() is called once, unless leave() was.
   */
  constructor(name, media, on) {
    Object.assign(this, { name, media, on, id: null, closed: false, muted: { audio: false, video: false } });
    this.polling = new AbortController();
  }

  async start() {
    this.on.state('joining', 'Joining…');
    await this.connect();
    this.listen();
  }

  /** A new peer connection and a new call at the door. */
  async connect() {
    this.peer?.close();
    this.id = null;
    this.late = [];
    const peer = this.peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
    const stream = new MediaStream();
    peer.ontrack = ({ track }) => { stream.addTrack(track); this.on.mix(stream); };
    peer.onicecandidate = ({ candidate }) => candidate?.candidate && this.trickle(peer, candidate);
    peer.onconnectionstatechange = () => peer === this.peer && this.watch(peer.connectionState);
    this.audio = peer.addTransceiver(this.media.microphone ?? 'audio', { direction: 'sendrecv' });
    this.video = peer.addTransceiver(this.media.camera ?? 'video',
      { direction: 'sendrecv', sendEncodings: layersFor(this.media.camera) });
    preferVp8(this.video);
    await peer.setLocalDescription();
    await this.limit();
    await this.gather(peer);
    const answer = await api.join(this.name, peer.localDescription.sdp);
    if (this.closed || peer !== this.peer) { await api.leave(answer.call).catch(() => {}); return; }
    this.id = answer.call;
    await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
    await this.limit();
    this.flush();
    if (this.muted.audio || this.muted.video) this.sayMuted();
  }

  async limit() {
    const parameters = this.video.sender.getParameters();
    if (!parameters.encodings?.length) return;
    fitLayers(parameters.encodings, this.media.camera);
    await this.video.sender.setParameters(parameters).catch(() => {});
  }

  gather(peer) {
    if (peer.iceGatheringState === 'complete') return undefined;
    const complete = new Promise((done) => {
      peer.addEventListener('icegatheringstatechange', () => peer.iceGatheringState === 'complete' && done());
    });
    return Promise.race([complete, pause(gatherFor)]);
  }

  trickle(peer, candidate) {
    if (peer !== this.peer) return;
    this.late.push({ mid: candidate.sdpMid, candidate: candidate.candidate });
    this.flush();
  }

  flush() {
    if (!this.id || !this.late.length) return;
    api.sendCandidates(this.id, this.late.splice(0, 32)).catch(() => {});  // the conference has reachable addresses
    this.flush();
  }

  watch(state) {
    clearTimeout(this.gap);
    if (this.closed) return;
    if (state === 'connected') {
      this.wasConnected = true;
      this.on.state('connected', 'Connected');
    }
    if (state === 'disconnected') this.gap = setTimeout(() => this.repair(), disconnectedFor);
    if (state === 'failed') this.repair();
  }

  /** ICE restart on the same call; where that fails, a new call under the same name. */
  async repair() {
    if (this.repairing || this.closed) return;
    this.repairing = true;
    this.on.state('reconnecting', 'Connection lost. Reconnecting…');
    const begun = Date.now();
    const whole = () => this.peer.connectionState === 'connected';
    try {
      while (!this.closed && !whole()) {
        const restart = this.id && Date.now() - begun < repairWithin;
        await (restart ? this.restart() : this.connect()).catch((error) => this.giveUpIfFinal(error, restart));
        for (let i = 0; i < 40 && !this.closed && !whole(); ++i) await pause(100);
      }
    } finally {
      this.repairing = false;
    }
  }

  async restart() {
    const peer = this.peer;
    peer.restartIce();
    await peer.setLocalDescription();
    await this.gather(peer);
    const answer = await api.offer(this.id, peer.localDescription.sdp);
    await peer.setRemoteDescription({ type: 'answer', sdp: answer.sdp });
  }

  async giveUpIfFinal(error, wasRestart) {
    if (wasRestart && error.status === 404) this.id = null;  // the door forgot us: join anew
    else if (!wasRestart && error instanceof api.Refused && !error.passing) this.finish(error.message);
    if (wasRestart && this.peer.signalingState === 'have-local-offer')
      await this.peer.setLocalDescription({ type: 'rollback' }).catch(() => {});
    await pause(Math.max(1, error.retryAfter ?? 0) * 1000);
  }

  /** The long poll. Without the door the media goes on; a door that was restarted no longer knows us. */
  async listen() {
    for (let failures = 0; !this.closed;) {
      if (!this.id) { await pause(200); continue; }
      const id = this.id;
      try {
        const news = await api.events(id, this.polling.signal);
        failures = 0;
        news.events.forEach((event) => this.take(event));
        if (this.peer.connectionState === 'connected' && !this.closed)
          this.on.state('connected', news.connected ? 'Connected' : 'Connected (the server is restarting)');
      } catch (error) {
        if (this.closed) return;
        if (error.status === 404 && id === this.id) await this.rejoin();
        else if (++failures > 1 && this.peer.connectionState === 'connected')
          this.on.state('connected', 'Connected (the server does not answer)');
        await pause(Math.min(1000 * 2 ** failures, 5000));
      }
    }
  }

  async rejoin() {
    if (this.repairing) return;
    this.peer.close();
    this.id = null;
    await this.repair();
  }

  take(event) {
    if (event.type === 'ended') this.ended(event);
    if (event.type === 'message') this.on.message(event.text);
    if (event.type === 'candidate')
      this.peer.addIceCandidate({ sdpMid: event.mid, candidate: event.candidate }).catch(() => {});
  }

  /** A media server that was lost takes calls with it, not people. */
  ended(event) {
    if (event.reason === 'connectivity' && this.wasConnected) this.rejoin();
    else this.finish(event.text);
  }

  setMicrophone(on) {
    this.muted.audio = !on;
    if (this.media.microphone) this.media.microphone.enabled = on;
    this.sayMuted();
  }

  /** `track` null: off. No new negotiation: the sender stays, with or without a track. */
  async setCamera(track) {
    this.muted.video = !track;
    this.media.camera = track;
    await this.video.sender.replaceTrack(track);
    await this.limit();
    this.sayMuted();
  }

  sayMuted() {
    if (this.id) api.sendMute(this.id, this.muted.audio, this.muted.video).catch(() => {});
  }

  /** We go. By beacon when the page is being closed. */
  leave(closing = false) {
    if (this.id && !this.closed) closing ? api.leaveByBeacon(this.id) : api.leave(this.id).catch(() => {});
    this.close();
  }

  finish(text) {
    if (this.closed) return;
    this.close();
    this.on.over(text);
  }

  close() {
    this.closed = true;
    clearTimeout(this.gap);
    this.polling.abort();
    this.peer?.close();
  }
}
