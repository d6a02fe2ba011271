// PURE: what one may say next, by how the film stands; the agent without a language model understands each of them.

const BEFORE = ["Looks good, generate the video", "How much will it cost?", "Make scene 1 slower and at night"];
const MEANWHILE = ["How far is it?", "Make scene 1 slower and at night", "Stop making it"];
const STOPPED = ["Why did it fail?", "Try again", "How much will it cost?"];
const AFTER = ["Make scene 1 slower and at night", "Use calmer music for the last scene", "Undo that"];
const STALE = ["Update what is out of date", "How much will it cost?", "Undo that"];

/** Three lines to begin with. */
export function suggestionsFor({ run, status, price, components }) {
  if (run) return MEANWHILE;
  if (status === "failed") return STOPPED;
  if (components.fullvideo?.take) return price?.credits ? STALE : AFTER;
  return BEFORE;
}
