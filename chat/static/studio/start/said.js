// What the text says of the film's settings, read while it is being written.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { useEffect, useState } from "../preact.js";

const PAUSE_MS = 350;
const NOTHING = { settings: {}, remarks: [] };

/** {settings, remarks} of a prompt. */
const read = async (prompt) => (prompt.trim() ? api.post("options/said", { prompt }) : NOTHING);

/** The settings that this text says: those that are known, or asked for now where it was changed since. */
export const settingsSaid = async (said, prompt) =>
  (said.of === prompt ? said : await read(prompt).catch(() => NOTHING)).settings;

/** {settings, remarks, of} of a prompt; those before stay until the next are known, and `of` says whose they are. */
export function useSaid(prompt) {
  const [said, setSaid] = useState(NOTHING);
  useEffect(() => {
    let leave = () => {};
    const arrived = (answer) => setSaid({ ...answer, of: prompt });
    const ask = () => {
      leave = reading(() => read(prompt), arrived).leave;
    };
    const waits = setTimeout(ask, PAUSE_MS);
    return () => {
      clearTimeout(waits);
      leave();
    };
  }, [prompt]);
  return said;
}

/** Without what is undefined: it is not chosen any more. */
export const given = (choices) =>
  Object.fromEntries(Object.entries(choices).filter(([, value]) => value !== undefined));
