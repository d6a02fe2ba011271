// What is being written outlives a reload of its tab, and the moment in which a film gets its name.

import { useState } from "../preact.js";

const keyOf = (name) => `pixora.${name}`;

/** Like useState, for values of JSON. Each value is kept at once: its place may be gone before the next drawing. */
export function useKept(name, initial) {
  const key = keyOf(name);
  const [value, setValue] = useState(() => JSON.parse(sessionStorage.getItem(key)) ?? initial);
  const set = (next) =>
    setValue((before) => {
      const now = typeof next === "function" ? next(before) : next;
      sessionStorage.setItem(key, JSON.stringify(now));
      return now;
    });
  return [value, set];
}

/** Go on with one value under another name. */
export function carryOver(from, to) {
  const kept = sessionStorage.getItem(keyOf(from));
  if (kept === null) return;
  sessionStorage.setItem(keyOf(to), kept);
  sessionStorage.removeItem(keyOf(from));
}
