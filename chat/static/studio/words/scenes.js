// PURE: a film's pieces in the order in which one watches them, and what is said of each.

import { generated, kindOf } from "./pieces.js";

/** The kinds that have places of their own: in a scene, or beside all of them. */
const PLACED = ["scene", "audio", "line", "video", "music", "character"];

/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Piece} Piece */
/** @typedef {import("../types.js").Pieces} Pieces */
/** @typedef {import("../types.js").Scene} Scene */

export const STATES = {
  ready: "Ready",
  making: "Making",
  queued: "Waiting",
  failed: "Failed",
  blocked: "Held up",
  stale: "No longer fits",
  missing: "Not made yet",
};

/**
 * One of STATES.
 *
 * @param {Piece|undefined} piece
 * @returns {string}
 */
export const stateOf = (piece) => (piece?.stale && piece.status === "ready" ? "stale" : (piece?.status ?? "missing"));

/**
 * @typedef {object} ScenePieces A scene with its pieces.
 * @property {Scene} scene
 * @property {number} start In seconds, by the script.
 * @property {Piece} [picture]
 * @property {Piece} [voice] Silent scenes have none.
 * @property {Piece[]} lines
 * @property {Piece[]} others Those of any other kind.
 * @property {Piece} [clip]
 * @property {Piece[]} pieces All of them.
 */

/**
 * @param {Film} film
 * @returns {ScenePieces[]}
 */
export function scenesOf({ script, components }) {
  let start = 0;
  const unplaced = generated(components).filter(({ component }) => !PLACED.includes(kindOf(component)));
  return script.content.clips.map(({ scene }) => {
    const picture = components[`scene/${scene.id}`];
    const voice = components[`audio/${scene.id}`];
    const lines = (scene.lines ?? []).map((_, place) => components[`line/${scene.id}/${place + 1}`]).filter(Boolean);
    const others = unplaced.filter(({ component }) => component.split("/")[1] === String(scene.id));
    const clip = components[`video/${scene.id}`];
    const pieces = [picture, voice, ...lines, ...others, clip].filter(Boolean);
    start += scene.duration;
    return { scene, start: start - scene.duration, picture, voice, lines, others, clip, pieces };
  });
}

/**
 * [{prompt, first, last, piece}]: music with the places of its scenes.
 *
 * @param {Film} film
 * @returns {{prompt: string, first: number, last: number, piece: Piece}[]}
 */
export function musicOf({ script, components }) {
  const idAt = new Map(script.content.clips.map(({ scene }) => [scene.index, scene.id]));
  return script.content.music
    .map(({ prompt, scene_indexes: places }) => ({
      prompt,
      first: places[0],
      last: places.at(-1),
      piece: components[`music/${places.map((place) => idAt.get(place)).join("_")}`],
    }))
    .filter(({ piece }) => piece);
}

/**
 * Music of the scene at this place.
 *
 * @param {Film} film
 * @param {number} place
 * @returns {Piece|undefined}
 */
export const musicAt = (film, place) => musicOf(film).find(({ first, last }) => first <= place && place <= last)?.piece;

/**
 * @param {Film} film
 * @returns {Piece[]}
 */
export const charactersOf = ({ components }) =>
  generated(components).filter(({ component }) => kindOf(component) === "character");

/**
 * What has to be made anew for this piece to be whole: itself and whatever it holds up in its scene.
 *
 * @param {Piece} piece
 * @param {Pieces} components
 * @returns {Piece[]}
 */
export function heldUpBy(piece, components) {
  const [kind, id] = piece.component.split("/");
  const clip = kind === "scene" ? components[`video/${id}`] : null;
  return clip && clip.status !== "ready" ? [piece, clip] : [piece];
}

/**
 * @param {Piece} piece
 * @returns {boolean} True where a generator refused what it was asked for.
 */
export const isRefused = ({ error }) => Boolean(error?.code.startsWith("refused"));

/**
 * "0:05", "1:40"
 *
 * @param {number} seconds
 * @returns {string}
 */
export const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
