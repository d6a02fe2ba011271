// PURE: what a price has to do with the film's other versions, in words.

import { languageName } from "../parts/choices.js";
import { capital, listed, listing } from "./pieces.js";

const MOST_BY_NAME = 2;

/** @typedef {import("../types.js").Shares} Shares */
/** @typedef {import("../types.js").SharingVersion} SharingVersion */

/**
 * What is shared, and which versions get what is priced; empty where the film has no versions.
 *
 * @param {Shares | null} [shares]
 * @returns {string}
 */
export function sharedInWords(shares) {
  if (!shares) return "";
  const { versions, reaches, asks } = shares;
  return [
    versions.length > 0 && `Shares ${piecesShared(shares.pieces)} with ${called(versions)}.`,
    reaches.length > 0 && `${capital(called(reaches))} ${reaches.length === 1 ? "gets" : "get"} it too, for nothing.`,
    asks.length > 0 && `${capital(called(asks))} can have it too, for nothing: you are asked.`,
  ]
    .filter(Boolean)
    .join(" ");
}

/**
 * "6 pictures and 6 clips"
 *
 * @param {Record<string, number>} counts
 */
const piecesShared = (counts) =>
  listed(Object.entries(counts).flatMap(([component, count]) => Array(count).fill({ component })));

/** @param {SharingVersion[]} versions */
function called(versions) {
  if (versions.length > MOST_BY_NAME) return `${versions.length} other versions`;
  return listing(versions.map(nameOf));
}

/**
 * "the Spanish film in 9:16"
 *
 * @param {SharingVersion} version
 */
function nameOf({ title, language, aspect_ratio: shape, differs }) {
  if (differs.includes("cut")) return `the cut “${title}”`;
  const film = differs.includes("language") ? `the ${languageName(language)} film` : "the film";
  if (!differs.length) return "the whole film";
  return differs.includes("shape") ? `${film} in ${shape}` : film;
}
