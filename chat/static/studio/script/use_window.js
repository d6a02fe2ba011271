// The window that was found in a scene's clip; null until it is there, and where it is of another clip or script.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { useEffect, useState } from "../preact.js";

const known = new Map();

export function useWindow(piece) {
  const url = urlOf(piece);
  const [found, setFound] = useState(null);
  useEffect(() => {
    setFound(null);
    return url ? reading(() => windowAt(url), setFound).leave : undefined;
  }, [url]);
  return found;
}

/** The windows of all scenes that have one, by the scenes' ids. */
export function useWindows({ components }) {
  const pieces = Object.entries(components).filter(([key, piece]) => key.startsWith("crop/") && urlOf(piece));
  const [windows, setWindows] = useState({});
  useEffect(() => {
    const read = async ([key, piece]) => [key.slice("crop/".length), await windowAt(piece.url)];
    return reading(
      () => Promise.all(pieces.map(read)),
      (found) => setWindows(Object.fromEntries(found)),
    ).leave;
  }, [pieces.map(([, { url }]) => url).join()]);
  return windows;
}

const urlOf = (piece) => (piece && !piece.stale ? piece.url : null);

/** Null where it is gone: the middle of the clip is shown then. What did not arrive is asked for again. */
function windowAt(url) {
  if (!known.has(url)) known.set(url, read(url));
  return known.get(url);
}

async function read(url) {
  try {
    return await api.getFile(url);
  } catch (problem) {
    known.delete(url);
    throw problem;
  }
}
