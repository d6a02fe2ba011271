// PURE: what one may say next, by how the film stands and in the language one talks in; the agent without a language
// model understands each of them.

/** @typedef {import("../types.js").Film} Film */

const SAID = {
  en: {
    before: ["Looks good, generate the video", "How much will it cost?", "Make scene 1 slower and at night"],
    meanwhile: ["How far is it?", "Make scene 1 slower and at night", "Stop making it"],
    recut: ["How far is it?", "Make scene 1 slower and at night", "Undo that"],
    stopped: ["Why did it fail?", "Try again", "How much will it cost?"],
    after: ["Make scene 1 slower and at night", "Use calmer music for the last scene", "Undo that"],
    silent: ["Make scene 1 slower and at night", "Turn the music on", "Undo that"],
    stale: ["Update what is out of date", "How much will it cost?", "Undo that"],
  },
  de: {
    before: ["Sieht gut aus, mach das Video", "Was kostet das?", "Mach Szene 1 langsamer und nachts"],
    meanwhile: ["Wie weit ist es?", "Mach Szene 1 langsamer und nachts", "Stopp"],
    recut: ["Wie weit ist es?", "Mach Szene 1 langsamer und nachts", "Rückgängig"],
    stopped: ["Warum ging das nicht?", "Noch mal versuchen", "Was kostet das?"],
    after: ["Mach Szene 1 langsamer und nachts", "Ruhigere Musik in der letzten Szene", "Rückgängig"],
    silent: ["Mach Szene 1 langsamer und nachts", "Mach die Musik an", "Rückgängig"],
    stale: ["Aktualisiere, was nicht mehr passt", "Was kostet das?", "Rückgängig"],
  },
};

const GERMAN_WORDS =
  "der|das|und|ist|mach\\w*|bitte|eine?[nmr]?|nicht|keine?|szene|wie|auf|doch|noch|ich|mal|kostet|ja|musik";
const GERMAN = new RegExp(`[äöüß]|\\b(?:${GERMAN_WORDS})\\b`, "i");
const LAST = 3;

/**
 * The language of what was said last, or of the film's prompt: a film may speak another one than its maker.
 *
 * @param {Film} film
 */
function languageOf({ lines = [], prompt = "", script }) {
  const said = lines.filter(({ role }) => role === "user").slice(-LAST);
  const texts = said.length ? said.map(({ content }) => content) : [prompt];
  if (!texts.some(Boolean)) return script?.content.language;
  return texts.some((text) => GERMAN.test(text)) ? "de" : "en";
}

/**
 * Three lines to begin with.
 *
 * @param {Film} film
 * @returns {string[]}
 */
export function suggestionsFor(film) {
  const { run, status, price, components, script, settings } = film;
  const said = SAID[languageOf(film)] ?? SAID.en;
  if (run) return isFreeCut(status, components) ? said.recut : said.meanwhile;
  if (status === "failed") return said.stopped;
  if (components.fullvideo?.take)
    return price?.items.length ? said.stale : said[isSilent(settings, script) ? "silent" : "after"];
  return said.before;
}

/** The film plays, and is only cut again: that costs nothing, and nobody would stop it. */
const isFreeCut = (status, components) => status === "complete" && Boolean(components.fullvideo?.take);

const isSilent = (settings, script) =>
  settings?.music === false || script?.content.music?.every(({ silent, muted }) => silent || muted);
