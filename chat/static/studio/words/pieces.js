// PURE: how the pieces of a film are called, counted and added up.

import { KINDS } from "./kinds.js";

/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../types.js").Pieces} Pieces */

/**
 * @param {string} key "scene/5"
 * @returns {string} "scene"
 */
export const kindOf = (key) => key.split("/")[0];
/**
 * @param {string} key
 * @returns {string}
 */
export const fileKind = (key) => KINDS[kindOf(key)]?.file;

/**
 * The address of a picture for where it is shown small; those told of before there were thumbnails have their own.
 *
 * @param {{url?: string|null, thumbnail_url?: string|null}} picture
 * @returns {string|null|undefined}
 */
export const smallOf = ({ url, thumbnail_url: small }) => small ?? url;

/**
 * Those that a generator makes and a user can have made anew; what is computed from them is left out.
 *
 * @param {Pieces} components
 * @returns {Piece[]}
 */
export const generated = (components) =>
  Object.values(components).filter(({ component }) => kindOf(component) in KINDS);

/**
 * "Picture of scene 2", "Line 1 of scene 2", by the scene's place and not its id.
 *
 * @param {string} key
 * @param {Content} [script]
 * @returns {string}
 */
export function pieceName(key, script) {
  const [kind, rest = "", line] = key.split("/");
  const places = rest
    .split("_")
    .map((id) => script?.clips.find(({ scene }) => String(scene.id) === id)?.scene.index ?? id);
  const where = places.length > 1 ? `scenes ${places[0]} to ${places.at(-1)}` : `scene ${places[0]}`;
  if (kind === "character")
    return `Character ${script?.character_profiles.find(({ name }) => slugOf(name) === rest)?.name ?? rest}`;
  const noun = KINDS[kind]?.name;
  if (!noun) return capital(kind.replace("fullvideo", "film"));
  return `${capital(line ? `${noun} ${line}` : noun)} of ${where}`;
}

/**
 * @param {string} name
 * @returns {string}
 */
export const characterKey = (name) => `character/${slugOf(name)}`;

/**
 * "1 take", "3 takes"
 *
 * @param {{takes?: number}} piece
 * @returns {string}
 */
export const takesOf = ({ takes = 0 }) => `${takes} ${takes === 1 ? "take" : "takes"}`;

/**
 * "your picture mine.png" of a take that is one's own file.
 *
 * @param {{component: string}} piece
 * @param {string} file
 * @returns {string}
 */
export const ownName = ({ component }, file) => `your ${fileKind(component)} ${file}`.trim();

/**
 * "3 pictures, 1 voice-over and 3 clips" of a price's items.
 *
 * @param {{component: string}[]} items
 * @returns {string}
 */
export function listed(items) {
  const counts = new Map();
  for (const { component } of items) counts.set(kindOf(component), (counts.get(kindOf(component)) ?? 0) + 1);
  return listing([...counts].map(([kind, count]) => `${count} ${nounFor(kind, count)}`));
}

const nounFor = (kind, count) => {
  const { one, name = kind, plural = kind } = KINDS[kind] ?? {};
  return count === 1 ? (one ?? name) : plural;
};

/**
 * "one, two and three"
 *
 * @param {string[]} parts
 * @returns {string}
 */
export const listing = (parts) =>
  parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;

/**
 * {ready, making, queued, failed, blocked, stale, missing} of what is generated.
 *
 * @param {Pieces} components
 * @returns {Record<string, number>}
 */
export function counted(components) {
  const counts = { ready: 0, making: 0, queued: 0, failed: 0, blocked: 0, stale: 0, missing: 0 };
  for (const { status, stale } of generated(components)) counts[stale && status === "ready" ? "stale" : status] += 1;
  return counts;
}

/**
 * Every piece is made and fits; only the film has still to be cut from them, which costs nothing.
 *
 * @param {Film} film
 * @returns {boolean}
 */
export const cutIsDue = ({ run, price, components: { fullvideo } }) =>
  !run && Boolean(price) && !price.items.length && !(fullvideo?.take && !fullvideo.stale);

/**
 * @param {string} text
 * @returns {string}
 */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * As the server names a character's piece.
 *
 * @param {string} name
 * @returns {string}
 */
export const slugOf = (name) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\P{ASCII}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/**
 * Its script, from scratch or anew: what it will cost is not known before it is there.
 *
 * @param {Film} film
 * @returns {boolean}
 */
export function isBeingWritten({ components, progress, run }) {
  return (
    Boolean(run) && (progress?.stage === "writing_script" || ["queued", "making"].includes(components.script?.status))
  );
}
