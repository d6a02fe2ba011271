// PURE: what is different between two versions of a script, for people.

import { RATIO_NAMES, languageName, transitionName } from "../parts/choices.js";
import { capital } from "../words/pieces.js";

/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").Part} Part */

const FIELDS = {
  title: "Title",
  script: "Narration",
  lines: "Lines",
  image_prompt: "Picture",
  video_prompt: "Motion",
  transition: "Transition",
  duration: "Length",
  characters: "Characters",
  ends_on_next: "Ending",
  music_mood: "Mood of the music",
};
const WHOLE = {
  style: "Style",
  aspect_ratio: "Shape",
  language: "Language",
  voice: "Voice",
  rewritten_prompt: "Story",
};
const MOST_WORDS = 600;
/** How values that are names for programs are called. */
const WORDS = {
  transition: transitionName,
  duration: (seconds) => `${seconds} s`,
  language: languageName,
  aspect_ratio: (ratio) => (RATIO_NAMES[ratio] ? `${RATIO_NAMES[ratio]} ${ratio}` : ratio),
  style: capital,
  music_mood: (mood) => mood || "as the piece says",
  ends_on_next: (ends) => (ends ? "on the next scene's picture" : "as it comes"),
};
/** What is written word by word, and is no text. */
const TEXTS = {
  lines: (lines = []) => lines.map(({ speaker, text }) => `${speaker || "Narrator"}: ${text}`).join(" / "),
};
const asWritten = (value) => (Array.isArray(value) ? value.join(", ") : String(value));

/**
 * [{title, kind: "added"|"removed"|"changed", fields: [{name, parts: [{text, kind: "same"|"new"|"old"}]}]}]
 *
 * @param {Content} before
 * @param {Content} after
 * @returns {{title: string, kind: string, fields: {name: string, parts: Part[]}[]}[]}
 */
export function differences(before, after) {
  const old = byId(before);
  const fresh = byId(after);
  const changed = [...fresh.values()]
    .filter(({ id }) => old.has(id))
    .map((scene) => changeOf(old.get(scene.id), scene));
  const added = [...fresh.values()]
    .filter(({ id }) => !old.has(id))
    .map((scene) => ({ title: `Scene ${scene.index} · ${scene.title}`, kind: "added", fields: [] }));
  const removed = [...old.values()]
    .filter(({ id }) => !fresh.has(id))
    .map((scene) => ({ title: `Scene ${scene.index} · ${scene.title}`, kind: "removed", fields: [] }));
  return [...wholeFilm(before, after), ...changed, ...added, ...removed].filter(
    (change) => change.kind !== "changed" || change.fields.length,
  );
}

function wholeFilm(before, after) {
  const fields = Object.entries(WHOLE).flatMap(([key, name]) => changeIn(key, name, before, after));
  fields.push(
    ...fieldOf("Music", musicWords(before), musicWords(after)),
    ...fieldOf("Characters", castWords(before), castWords(after)),
  );
  return [{ title: "The whole film", kind: "changed", fields }];
}

function changeOf(before, after) {
  const place = before.index === after.index ? `Scene ${after.index}` : `Scene ${before.index} → ${after.index}`;
  const fields = Object.entries(FIELDS).flatMap(([key, name]) => changeIn(key, name, before, after));
  if (before.index !== after.index) fields.unshift({ name: "Place", parts: instead(before.index, after.index) });
  return { title: `${place} · ${after.title}`, kind: "changed", fields };
}

/** What is chosen from a few is told as "this → that", what is written word by word. */
function changeIn(key, name, before, after) {
  const [old, fresh] = [before[key], after[key]].map(WORDS[key] ?? TEXTS[key] ?? asWritten);
  if (old === fresh) return [];
  return [{ name, parts: key in WORDS || key === "voice" ? instead(old, fresh) : wordDiff(old, fresh) }];
}

/**
 * @param {string|number} old
 * @param {string|number} fresh
 * @returns {Part[]}
 */
export const instead = (old, fresh) => [
  { text: String(old), kind: "old" },
  { text: " → ", kind: "same" },
  { text: String(fresh), kind: "new" },
];

const fieldOf = (name, before, after) => (before === after ? [] : [{ name, parts: wordDiff(before, after) }]);
const byId = (content) => new Map(content.clips.map(({ scene }) => [scene.id, scene]));
const musicWords = ({ music }) =>
  music
    .map(({ prompt, silent, scene_indexes: at }) => `${at[0]}–${at.at(-1)}: ${silent ? "silence" : prompt}`)
    .join("; ");
const castWords = ({ character_profiles: cast }) =>
  cast
    .map(({ name, image_prompt: look, voice, voice_character: own }) => {
      const speaker = own ? "a voice of your own" : voice;
      return `${name}: ${look}${speaker ? `, spoken by ${speaker}` : ""}`;
    })
    .join("; ");

/**
 * By the longest common run of words; texts too long for that are shown whole.
 *
 * @param {string} before
 * @param {string} after
 * @returns {Part[]}
 */
export function wordDiff(before, after) {
  const old = before.match(/\S+\s*/g) ?? [];
  const fresh = after.match(/\S+\s*/g) ?? [];
  if (old.length + fresh.length > MOST_WORDS)
    return [
      { text: before, kind: "old" },
      { text: after, kind: "new" },
    ];
  const parts = [];
  const add = (text, kind) => {
    if (parts.at(-1)?.kind === kind) parts.at(-1).text += text;
    else parts.push({ text, kind });
  };
  const common = commonLengths(old, fresh);
  let [i, j] = [0, 0];
  while (i < old.length && j < fresh.length) {
    if (old[i] === fresh[j]) {
      add(old[i], "same");
      [i, j] = [i + 1, j + 1];
    } else if (common[i + 1][j] >= common[i][j + 1]) add(old[i++], "old");
    else add(fresh[j++], "new");
  }
  for (const word of old.slice(i)) add(word, "old");
  for (const word of fresh.slice(j)) add(word, "new");
  return parts;
}

function commonLengths(old, fresh) {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array(fresh.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      lengths[i][j] = old[i] === fresh[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}
