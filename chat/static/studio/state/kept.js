// What is being written outlives a reload of its tab.

import { useEffect, useState } from "../preact.js";

/** Like useState, for values of JSON. */
export function useKept(name, initial) {
  const key = `pixora.${name}`;
  const [value, setValue] = useState(() => JSON.parse(sessionStorage.getItem(key)) ?? initial);
  useEffect(() => sessionStorage.setItem(key, JSON.stringify(value)), [value]);
  return [value, setValue];
}
