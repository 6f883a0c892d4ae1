// The sizes in which the camera's picture is sent at once, so that the conference takes a small one where it shows a
// small one, and has the large one at hand.
const framesPerSecond = 30;
const smallest = { width: 640, height: 360 };   // of a camera whose picture is worth a second size
const three = { width: 1280, height: 720 };

const sizes = [
  { rid: 'low', kbit: 150 },
  { rid: 'middle', kbit: 500 },
  { rid: 'high', kbit: 1200 },
];

const isAtLeast = (settings, size) =>
  Math.max(settings.width ?? 0, settings.height ?? 0) >= size.width && Math.min(settings.width ?? 0, settings.height ?? 0) >= size.height;

/** For a transceiver: how many there are is settled for the call, so it is as if the camera came later where there is none. */
export function layersFor(camera) {
  const count = camera && isAtLeast(camera.getSettings(), three) ? 3 : 2;
  return sizes.slice(0, count).map(({ rid, kbit }, i) => ({
    rid, maxBitrate: kbit * 1000, maxFramerate: framesPerSecond, scaleResolutionDownBy: 2 ** (count - 1 - i) }));
}

/**
 * A camera that is small is sent in its one size. One encoding is what is left where the other side takes no layers, or
 * the browser has none: the whole picture.
 */
export function fitLayers(encodings, camera) {
  const last = encodings.length - 1;
  const settings = camera?.getSettings() ?? {};
  const small = settings.width && !isAtLeast(settings, smallest);
  encodings.forEach((encoding, i) => {
    encoding.active = !small || i === last;
    encoding.maxFramerate = framesPerSecond;
  });
  if (last === 0) Object.assign(encodings[0], { maxBitrate: sizes[1].kbit * 1000, scaleResolutionDownBy: 1 });
}
