// The files of sounds that the preview plays: each is brought and decoded once.

let context = null;
const decoded = new Map();

/** One for all previews; a browser lets it be heard once somebody has pressed something. */
export function sharedContext() {
  context ??= new AudioContext();
  return context;
}

/** The decoded file; null where it cannot be brought or heard. */
export function sound(url) {
  if (!decoded.has(url)) decoded.set(url, brought(url));
  return decoded.get(url);
}

async function brought(url) {
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    return await sharedContext().decodeAudioData(await answer.arrayBuffer());
  } catch {
    decoded.delete(url);
    return null;
  }
}
