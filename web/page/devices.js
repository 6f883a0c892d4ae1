// Camera and microphone: what there is, what may be used, and a sentence where something may not.
const picture = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 30, max: 30 } };
const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };

const sentences = {
  camera: {
    NotAllowedError: 'The camera is blocked. Allow it in your browser’s address bar to be seen; you can join without.',
    NotFoundError: 'No camera was found. You can join with sound only.',
    NotReadableError: 'The camera is in use by another program. You can join without it.',
  },
  microphone: {
    NotAllowedError: 'The microphone is blocked. Allow it in your browser’s address bar to be heard; you can join as a listener.',
    NotFoundError: 'No microphone was found. You can join as a listener.',
    NotReadableError: 'The microphone is in use by another program. You can join as a listener.',
  },
  neither: 'Neither camera nor microphone can be used. You can join to watch and listen.',
};

/** An absent camera matters less than an absent microphone; each has its own sentence. */
function problemOf(kind, error) {
  return sentences[kind][error.name] ?? `The ${kind} cannot be used (${error.name}).`;
}

const exactly = (id) => (id ? { deviceId: { exact: id } } : {});

async function openOne(kind, id) {
  const wanted = kind === 'camera' ? { video: { ...picture, ...exactly(id) } } : { audio: { ...sound, ...exactly(id) } };
  try {
    return await navigator.mediaDevices.getUserMedia(wanted);
  } catch (error) {
    if (id && error.name === 'OverconstrainedError') return openOne(kind, '');  // unplugged since it was chosen
    throw error;
  }
}

/**
 * Opens both devices, or what can be had of them. `choice`: {camera, microphone}, each a device id, '' for any or
 * 'none'. Returns {camera, microphone, problem}: tracks or null, and a sentence or ''.
 */
export async function openDevices(choice) {
  if (!navigator.mediaDevices) return { camera: null, microphone: null, problem: sentences.neither };
  const opened = { camera: null, microphone: null, problem: '' };
  const problems = [];
  if (choice.camera !== 'none' && choice.microphone !== 'none') {
    try {  // one question to the person instead of two
      const stream = await navigator.mediaDevices.getUserMedia(
        { video: { ...picture, ...exactly(choice.camera) }, audio: { ...sound, ...exactly(choice.microphone) } });
      return { camera: stream.getVideoTracks()[0], microphone: stream.getAudioTracks()[0], problem: '' };
    } catch { /* each on its own then, to learn which of them it was */ }
  }
  for (const kind of ['microphone', 'camera']) {
    if (choice[kind] === 'none') continue;
    try {
      opened[kind] = (await openOne(kind, choice[kind])).getTracks()[0];
    } catch (error) {
      problems.push(problemOf(kind, error));
    }
  }
  opened.problem = problems.length === 2 ? sentences.neither : problems.join(' ');
  return opened;
}

export const openCamera = async (id) => (await openOne('camera', id)).getVideoTracks()[0];

/** [{id, label}] of one kind. Labels are there only after the person has allowed a device. */
export async function listDevices(kind) {
  const wanted = kind === 'camera' ? 'videoinput' : 'audioinput';
  const all = await (navigator.mediaDevices?.enumerateDevices() ?? []);
  return all.filter((device) => device.kind === wanted && device.deviceId)
    .map((device, i) => ({ id: device.deviceId, label: device.label || `${kind} ${i + 1}` }));
}
