// The window that was found in a scene's clip; null until it is there, and where it is of another clip or script.

import { useEffect, useState } from "../preact.js";

const known = new Map();

export function useWindow(piece) {
  const url = urlOf(piece);
  const [found, setFound] = useState(null);
  useEffect(() => {
    let isWanted = true;
    setFound(null);
    if (url) windowAt(url).then((window) => isWanted && setFound(window));
    return () => {
      isWanted = false;
    };
  }, [url]);
  return found;
}

/** The windows of all scenes that have one, by the scenes' ids. */
export function useWindows({ components }) {
  const pieces = Object.entries(components).filter(([key, piece]) => key.startsWith("crop/") && urlOf(piece));
  const [windows, setWindows] = useState({});
  useEffect(() => {
    let isWanted = true;
    const read = ([key, piece]) => windowAt(piece.url).then((found) => [key.slice("crop/".length), found]);
    Promise.all(pieces.map(read)).then((found) => isWanted && setWindows(Object.fromEntries(found)));
    return () => {
      isWanted = false;
    };
  }, [pieces.map(([, { url }]) => url).join()]);
  return windows;
}

const urlOf = (piece) => (piece && !piece.stale ? piece.url : null);

/** Null where it cannot be read: the middle of the clip is shown then. */
function windowAt(url) {
  if (!known.has(url)) known.set(url, read(url));
  return known.get(url);
}

const read = (url) =>
  fetch(url).then(
    (answer) => (answer.ok ? answer.json() : null),
    () => null,
  );
