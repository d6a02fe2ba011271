// PURE: acts on the timeline as edits of the script. Each takes the script's content and returns another.

import { FPS } from "./layout.js";

/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").Cut} Cut */
/** @typedef {import("../types.js").LaidScene} LaidScene */
/** @typedef {import("../types.js").Music} Music */
/** @typedef {import("../types.js").Recording} Recording */
/** @typedef {import("../types.js").Scene} Scene */
/** @typedef {import("../types.js").Timeline} Timeline */

const LEAST = 30;
export const MOST = 900;

/**
 * @param {Content} content
 * @param {number} id
 * @param {Partial<Scene>} changes
 * @returns {Content}
 */
export function withScene(content, id, changes) {
  const clips = content.clips.map((clip) =>
    clip.scene.id === id ? { ...clip, scene: { ...clip.scene, ...changes } } : clip,
  );
  return { ...content, clips };
}

/**
 * [least, most] frames by which the border behind a scene may be moved.
 *
 * @param {Timeline} timeline
 * @param {number} place
 * @returns {[number, number]}
 */
export function borderRoom(timeline, place) {
  const [left, right] = [timeline.scenes[place], timeline.scenes[place + 1]];
  const [shrinks, grows] = roomOf(left);
  if (!right) return [shrinks, grows];
  const [shrinksRight, growsRight] = roomOf(right);
  return [Math.max(shrinks, -growsRight), Math.min(grows, -shrinksRight)];
}

/** @param {LaidScene} scene */
function roomOf({ frames, least_frames: least = LEAST, most_frames: most }) {
  return [Math.min(least - frames, 0), Math.max((most ?? MOST) - frames, 0)];
}

/**
 * The border behind a scene is moved: the next scene gives, or takes, what this one takes or gives.
 *
 * @param {Content} content
 * @param {Timeline} timeline
 * @param {number} place
 * @param {number} by Frames.
 * @returns {Content}
 */
export function withBorder(content, timeline, place, by) {
  const [left, right] = [timeline.scenes[place], timeline.scenes[place + 1]];
  const grown = withScene(content, left.scene_id, { slot_frames: left.frames + by });
  return right ? withScene(grown, right.scene_id, { slot_frames: right.frames - by }) : grown;
}

/**
 * @param {Content} content
 * @param {LaidScene} scene
 * @param {number} frames
 * @returns {Content}
 */
export const withNarrationAt = (content, scene, frames) =>
  withScene(content, scene.scene_id, { narration_at: inMs(frames / FPS) });

/**
 * @param {Content} content
 * @param {LaidScene} scene
 * @param {number} seconds
 * @returns {Content}
 */
export const withClipFrom = (content, scene, seconds) => withScene(content, scene.scene_id, { clip_from: seconds });

/**
 * @param {Cut} stretch
 * @param {Cut[]} cuts
 * @returns {boolean} True where at least half of the stretch is taken out.
 */
export const isOut = ({ from, to }, cuts) =>
  cuts.reduce((out, cut) => out + Math.max(Math.min(cut.to, to) - Math.max(cut.from, from), 0), 0) * 2 >= to - from;

/** As the script keeps it. */
const inMs = (seconds) => Math.round(seconds * 1000) / 1000;

/**
 * Take a stretch of the narration out.
 *
 * @param {Content} content
 * @param {LaidScene} scene
 * @param {Recording} voice
 * @param {Cut} stretch
 * @returns {Content}
 */
export function withCut(content, scene, voice, { from, to }) {
  const cuts = [];
  for (const cut of [...voice.cuts, { from, to }].sort((one, other) => one.from - other.from)) {
    const last = cuts.at(-1);
    if (last && cut.from <= last.to) last.to = Math.max(last.to, inMs(cut.to));
    else cuts.push({ from: inMs(cut.from), to: inMs(cut.to) });
  }
  return withScene(content, scene.scene_id, { cuts, cuts_of: voice.recording });
}

/**
 * Let a stretch be heard again.
 *
 * @param {Content} content
 * @param {LaidScene} scene
 * @param {Recording} voice
 * @param {Cut} stretch
 * @returns {Content}
 */
export function withoutCut(content, scene, voice, { from, to }) {
  const cuts = voice.cuts.flatMap((cut) =>
    [
      { from: cut.from, to: Math.min(cut.to, inMs(from)) },
      { from: Math.max(cut.from, inMs(to)), to: cut.to },
    ].filter((left) => left.to - left.from > 0.02),
  );
  return withScene(content, scene.scene_id, { cuts, cuts_of: cuts.length ? voice.recording : "" });
}

/**
 * @param {Content} content
 * @param {number} place
 * @param {Partial<Music>} changes
 * @returns {Content}
 */
export const withMusic = (content, place, changes) => ({
  ...content,
  music: content.music.map((group, at) => (at === place ? { ...group, ...changes } : group)),
});
