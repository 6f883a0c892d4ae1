// Runs in every page before its own scripts: a camera and a microphone that the test chose, and eyes and ears.
(() => {
  const connections = [];
  const canvases = []; // of the cameras
  const Original = window.RTCPeerConnection;
  window.RTCPeerConnection = function (...rest) {
    const connection = new Original(...rest);
    connections.push(connection);
    return connection;
  };
  window.RTCPeerConnection.prototype = Original.prototype;
  window.RTCPeerConnection.generateCertificate = Original.generateCertificate.bind(Original);

  // A picture of one colour with something moving in it, so that an encoder has work and a still would be noticed.
  function picture({ colour, width = 640, height = 360, rate = 20 }) {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext('2d');
    let step = 0;
    const draw = () => {
      const { width, height } = canvas;
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
      context.fillStyle = '#ffffff';
      context.fillRect((step * 7) % (width - 24), height / 2 - 12, 24, 24);
      step += 1;
    };
    draw();
    setInterval(draw, 1000 / rate);
    canvases.push(canvas);
    return canvas.captureStream(rate).getVideoTracks()[0];
  }

  function tone(hertz) {
    const audio = new AudioContext();
    const [oscillator, level, out] = [audio.createOscillator(), audio.createGain(), audio.createMediaStreamDestination()];
    oscillator.frequency.value = hertz;
    level.gain.value = 0.2;
    oscillator.connect(level).connect(out);
    oscillator.start();
    return out.stream.getAudioTracks()[0];
  }

  const tracks = {};
  const usable = kind => tracks[kind] && tracks[kind].readyState === 'live'; // a page may have stopped it
  function media(wanted = {}) {
    const equipment = window.testEquipment || { colour: '#808080', tone: 440 };
    if (wanted.video && !usable('video') && equipment.colour) tracks.video = picture(equipment);
    if (wanted.audio && !usable('audio') && equipment.tone) tracks.audio = tone(equipment.tone);
    const local = new MediaStream(['audio', 'video'].filter(kind => wanted[kind] && tracks[kind])
      .map(kind => tracks[kind].clone())); // a page may stop what it got and ask again
    if (!local.getTracks().length) throw new DOMException('no such device', 'NotFoundError');
    return local;
  }
  if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async wanted => media(wanted);

  const pause = ms => new Promise(done => setTimeout(done, ms));

  // The streams that come from the other side: the receivers' tracks of all live connections.
  function received(kind) {
    return connections.filter(c => c.connectionState !== 'closed')
      .flatMap(c => c.getReceivers()).map(r => r.track).filter(t => t && t.kind === kind && t.readyState === 'live');
  }

  const eyes = new Map();
  async function eye(track) {
    if (!eyes.has(track.id)) {
      const video = document.createElement('video');
      Object.assign(video, { muted: true, autoplay: true, playsInline: true, srcObject: new MediaStream([track]) });
      eyes.set(track.id, video);
    }
    const video = eyes.get(track.id);
    await video.play().catch(() => {});
    return video;
  }

  // What is on the received picture: `columns` x `rows` colours, row by row; with `png` the picture itself.
  async function look({ columns = 64, rows = 36, png = false } = {}) {
    const track = received('video').pop();
    if (!track) return null;
    const video = await eye(track);
    for (let tries = 0; tries < 40 && !video.videoWidth; tries += 1) await pause(50);
    if (!video.videoWidth) return null;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height).data;
    const cells = [];
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const x = Math.floor((column + 0.5) * canvas.width / columns);
        const y = Math.floor((row + 0.5) * canvas.height / rows);
        const at = 4 * (y * canvas.width + x);
        cells.push([pixels[at], pixels[at + 1], pixels[at + 2]]);
      }
    }
    return { width: canvas.width, height: canvas.height, columns, rows, cells, png: png ? canvas.toDataURL('image/png') : null };
  }

  // The loudest level, in dB, at each of the frequencies over `ms`; and the loudest frequency of all.
  async function hear({ hertz = [], ms = 1200 } = {}) {
    const track = received('audio').pop();
    if (!track) return null;
    const element = new Audio(); // a remote track is silent in Web Audio unless an element plays it too
    Object.assign(element, { srcObject: new MediaStream([track]), muted: true });
    element.play().catch(() => {});
    const audio = new AudioContext({ sampleRate: 48000 });
    const analyser = audio.createAnalyser();
    Object.assign(analyser, { fftSize: 8192, smoothingTimeConstant: 0 });
    audio.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const bins = new Float32Array(analyser.frequencyBinCount);
    const levels = hertz.map(() => -200);
    let loudest = { hertz: 0, level: -200 };
    const width = audio.sampleRate / analyser.fftSize;
    for (const end = Date.now() + ms; Date.now() < end; await pause(60)) {
      analyser.getFloatFrequencyData(bins);
      hertz.forEach((wanted, i) => {
        const middle = Math.round(wanted / width);
        levels[i] = Math.max(levels[i], ...bins.slice(middle - 1, middle + 2).map(v => (Number.isFinite(v) ? v : -200)));
      });
      bins.forEach((level, bin) => { if (bin > 5 && level > loudest.level) loudest = { hertz: Math.round(bin * width), level }; });
    }
    await audio.close();
    element.srcObject = null;
    return { levels, loudest };
  }

  // From now on the sound is played (muted): a browser counts samples and what it concealed only while it plays.
  function listen() {
    const element = new Audio();
    Object.assign(element, { srcObject: new MediaStream(received('audio')), muted: true });
    window.listening = element;
    return element.play();
  }

  async function counts() {
    const found = { state: connections.map(c => c.connectionState), video: null, audio: null };
    for (const connection of connections) {
      if (connection.connectionState === 'closed') continue;
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== 'inbound-rtp') continue;
        found[report.kind] = { packets: report.packetsReceived, lost: report.packetsLost, frames: report.framesDecoded || 0,
          width: report.frameWidth || 0, height: report.frameHeight || 0, freezes: report.freezeCount || 0,
          frozenMs: 1000 * (report.totalFreezesDuration || 0), samples: report.totalSamplesReceived || 0, ms: report.timestamp,
          keyFrames: report.keyFramesDecoded || 0, concealed: report.concealedSamples || 0 };
      }
    }
    return found;
  }

  // Sends nothing of that kind any more, or again: what a button for camera or microphone does.
  const unplugged = new Map();
  async function unplug(kind, off) {
    for (const sender of connections.filter(c => c.connectionState !== 'closed').flatMap(c => c.getSenders())) {
      if (off && sender.track && sender.track.kind === kind) {
        unplugged.set(sender, sender.track);
        await sender.replaceTrack(null);
      } else if (!off && unplugged.has(sender) && unplugged.get(sender).kind === kind) {
        await sender.replaceTrack(unplugged.get(sender));
        unplugged.delete(sender);
      }
    }
  }

  const resize = (width, height) => canvases.forEach(canvas => Object.assign(canvas, { width, height }));

  window.senses = { look, hear, listen, counts, media, connections, unplug, resize };
})();
