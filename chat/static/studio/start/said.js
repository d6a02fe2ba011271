// What the text says of the film's settings, read while it is being written.

import * as api from "../wire/api.js";
import { useEffect, useState } from "../preact.js";

const PAUSE_MS = 350;
const NOTHING = { settings: {}, remarks: [] };

/** {settings, remarks} of a prompt; those before stay until the next are known. */
export function useSaid(prompt) {
  const [said, setSaid] = useState(NOTHING);
  useEffect(() => {
    let isOld = false;
    const ask = async () => {
      const answer = prompt.trim() ? await api.post("options/said", { prompt }).catch(() => NOTHING) : NOTHING;
      if (!isOld) setSaid(answer);
    };
    const waits = setTimeout(ask, PAUSE_MS);
    return () => {
      isOld = true;
      clearTimeout(waits);
    };
  }, [prompt]);
  return said;
}

/** Without what is undefined: it is not chosen any more. */
export const given = (choices) =>
  Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
