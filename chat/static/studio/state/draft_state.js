// PURE: edits of a script between the keyboard and the server. `film.draft` is null while there are none, else
// {content, base, state, sent?, problems}: `base` is the version it was made of; `state` is unsaved, saving, refused
// (by a rule; `problems` name the fields), waiting (for the connection) or conflict (somebody else was first).

/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").Draft} Draft */
/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Script} Script */

/** The order of keys says nothing: the database has one of its own. Nor does a field that is as usual: the server
 * leaves it out. */
const same = (one, other) => JSON.stringify(one, plainly) === JSON.stringify(other, plainly);

const plainly = (_, value) =>
  value?.constructor === Object ? Object.fromEntries(Object.entries(value).filter(isUnusual).sort()) : value;

const isUnusual = ([, value]) => value && value !== "auto" && value.length !== 0;

/**
 * @param {Film} film
 * @returns {Content}
 */
export const contentOf = (film) => film.draft?.content ?? film.script.content;

/**
 * @param {Film} film
 * @param {Content} content
 * @returns {Film}
 */
export function edited(film, content) {
  const { draft, script } = film;
  if (!draft && same(content, script.content)) return film;
  const state = draft?.state === "saving" || draft?.state === "conflict" ? draft.state : "unsaved";
  return { ...film, draft: { problems: [], base: script.version, ...draft, content, state } };
}

/**
 * What was kept through a reload. Until somebody decides, it is of the version it was made of: kept once more it would
 * else pass for an edit of the newest one, and be saved over that.
 *
 * @param {Film} film
 * @param {{content: Content, base: number}} kept
 * @returns {Film}
 */
export function takenUp(film, { content, base }) {
  const found = edited(film, content);
  if (!found.draft || base === film.script.version) return found;
  return { ...found, draft: { ...found.draft, base, state: "conflict" } };
}

/**
 * @param {Film} film
 * @returns {Film}
 */
export const saving = (film) => ({
  ...film,
  draft: { ...film.draft, state: "saving", sent: film.draft.content, problems: [] },
});

/**
 * @param {Film} film
 * @param {Draft["state"]} state
 * @param {Draft["problems"]} [problems]
 * @returns {Film}
 */
export const notSaved = (film, state, problems = []) =>
  film.draft ? { ...film, draft: { ...film.draft, state, sent: undefined, problems } } : film;

/**
 * A newer version is there, whoever made it.
 *
 * @param {Film} film
 * @param {Script} told
 * @returns {Film}
 */
export function withScript(film, { version, content, warnings, next_scene_id: nextId }) {
  const nextSceneId = Math.max(film.nextSceneId, nextId ?? 1, ...content.clips.map(({ scene }) => scene.id + 1));
  if (film.script && version <= film.script.version) return { ...film, nextSceneId };
  return {
    ...film,
    nextSceneId,
    script: { version, content, warnings },
    history: historyAfter(film, version),
    restoring: null,
    draft: draftAfter(film, version, content),
  };
}

/**
 * The answer to what was sent: it is this version, however the server wrote it. What was written meanwhile is left.
 *
 * @param {Film} film
 * @param {Script} told
 * @returns {Film}
 */
export function withSaved(film, told) {
  const { draft } = film;
  const known = withScript(film, told);
  if (!draft?.sent) return known;
  if (same(draft.content, draft.sent)) return { ...known, draft: null };
  const state = known.script.version > told.version ? "conflict" : "unsaved";
  return { ...known, draft: { ...draft, base: told.version, state, sent: undefined } };
}

/**
 * Keep what is being written and save it over the newest version.
 *
 * @param {Film} film
 * @returns {Film}
 */
export const onTop = (film) => ({ ...film, draft: { ...film.draft, base: film.script.version, state: "unsaved" } });

/**
 * @param {Film} film
 * @returns {Film}
 */
export const discarded = (film) => ({ ...film, draft: null });

/**
 * @param {Film} film
 * @param {"undo"|"redo"|null} direction
 * @returns {Film}
 */
export const restoring = (film, direction) => ({ ...film, restoring: direction });

function draftAfter({ draft }, version, content) {
  if (!draft || same(draft.content, content)) return null;
  if (draft.sent && same(draft.sent, content)) return { ...draft, base: version, state: "unsaved", sent: undefined };
  // whether this is what was sent, as the server writes it, or somebody else's: the answer to it tells
  if (draft.sent) return draft;
  return { ...draft, state: "conflict", sent: undefined };
}

/** Versions to go back and forth to; a new edit ends the way forth. */
function historyAfter({ script, history, restoring: direction }, version) {
  if (!script) return { past: Array.from({ length: version - 1 }, (_, place) => place + 1), future: [] };
  const { past, future } = history;
  if (direction === "undo") return { past: past.slice(0, -1), future: [script.version, ...future] };
  if (direction === "redo") return { past: [...past, script.version], future: future.slice(1) };
  return { past: [...past, script.version], future: [] };
}
