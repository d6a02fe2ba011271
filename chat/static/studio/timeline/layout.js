// PURE: the film as it will be cut, in whole frames: what the server told of its takes, laid out by the script as it is
// written now. The rules are those of `pipeline/cut/narration_fit.py` and `pipeline/cut/timeline.py`.

/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").LaidScene} LaidScene */
/** @typedef {import("../types.js").Recording} Recording */
/** @typedef {import("../types.js").Scene} Scene */
/** @typedef {import("../types.js").Timeline} Timeline */

export const FPS = 30;
export const HALF = 8;
const [LEAD, TAIL, PAUSE] = [8, 10, 10];
const MAX_TEMPO = 1.15;
const MAX_STRETCH = 1.25;

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const framesOf = (ms, tempo = 1) => Math.ceil((ms * FPS) / (1000 * tempo) - 1e-6);

/**
 * [frames, tempo]
 *
 * @param {Pick<Scene, "duration"|"slot_frames">} scene
 * @param {number[]} spokenMs The lengths of what is spoken in it.
 * @returns {[number, number]}
 */
function slotOf({ duration, slot_frames: dragged = 0 }, spokenMs) {
  const asked = dragged || duration * FPS;
  const pauses = PAUSE * Math.max(spokenMs.length - 1, 0);
  const needed = sum(spokenMs.map((ms) => framesOf(ms)));
  const room = asked - LEAD - TAIL - pauses;
  if (needed <= room) return [asked, 1];
  const whole = room - (spokenMs.length - 1);
  const tempo = whole > 0 ? Math.ceil((sum(spokenMs) * FPS * 10) / whole) / 10_000 : Number.POSITIVE_INFINITY;
  return tempo <= MAX_TEMPO ? [asked, tempo] : [LEAD + needed + pauses + TAIL, 1];
}

/**
 * What of a voice is heard: [{from, to, after}], seconds of its file and how long has been heard before.
 *
 * @param {Pick<Recording, "length_s"|"cuts">} voice
 * @returns {{from: number, to: number, after: number}[]}
 */
export function heardOf({ length_s: length, cuts }) {
  const edges = [0, ...cuts.flatMap(({ from, to }) => [Math.min(from, length), Math.min(to, length)]), length];
  let after = 0;
  const parts = [];
  for (let place = 0; place < edges.length; place += 2) {
    const [from, to] = [edges[place], edges[place + 1]];
    if (to > from) parts.push({ from, to, after });
    after += Math.max(to - from, 0);
  }
  return parts;
}

/**
 * @param {Pick<Recording, "length_s"|"cuts">} voice
 * @returns {number}
 */
const heardMs = (voice) => Math.round(1000 * sum(heardOf(voice).map(({ from, to }) => to - from)));

const isNarration = ({ key }) => key.startsWith("audio/");

/** What is taken out of this very recording. */
function cutsOf(scene, voice) {
  if (!isNarration(voice)) return [];
  return scene.cuts_of && !voice.recording.startsWith(scene.cuts_of) ? [] : (scene.cuts ?? []);
}

/**
 * The timeline with everything where the script has it now.
 *
 * @param {Timeline} told As the server laid it out.
 * @param {Content} content
 * @returns {Timeline}
 */
export function laidOut(told, content) {
  const byId = new Map(told.scenes.map((scene) => [scene.scene_id, scene]));
  let start = 0;
  const scenes = content.clips.map(({ scene }) => {
    const laid = laidScene(byId.get(scene.id) ?? { scene_id: scene.id, spoken: [], least_frames: FPS }, scene, start);
    start += laid.frames;
    return laid;
  });
  return {
    ...told,
    scenes,
    frames: start,
    music: content.music.map((group, place) => laidMusic(group, told.music[place], scenes)),
    captions: told.captions.map((cue) => movedCue(cue, told.scenes, scenes)),
  };
}

function laidScene(known, scene, start) {
  const spoken = known.spoken.map((voice) => ({ ...voice, cuts: cutsOf(scene, voice) }));
  const lengths = spoken.map(heardMs).filter(Boolean);
  const [frames, tempo] = slotOf(scene, lengths);
  const used = sum(lengths.map((ms) => framesOf(ms, tempo))) + PAUSE * Math.max(lengths.length - 1, 0);
  const room = Math.max(frames - LEAD - TAIL - used, 0);
  const shift = Math.min(Math.round((scene.narration_at ?? 0) * FPS), room);
  let at = start + LEAD + shift;
  const laid = spoken.map((voice) => {
    const place = { ...voice, start: at, frames: framesOf(heardMs(voice), tempo) };
    at += place.frames ? place.frames + PAUSE : 0;
    return place;
  });
  const { index, title, transition, clip_from: from = 0 } = scene;
  return { ...known, index, title, transition, clip_from: from, start, frames, tempo, room, shift, spoken: laid };
}

function laidMusic(group, told, scenes) {
  const under = scenes.filter(({ index }) => group.scene_indexes.includes(index));
  const same = told?.scene_indexes.join() === group.scene_indexes.join() ? told : null;
  return { sound: same?.sound, ...group, start: under[0]?.start ?? 0, frames: sum(under.map(({ frames }) => frames)) };
}

/** A caption goes with the words of its scene. */
function movedCue(cue, before, now) {
  const scene = before.findLast(({ start }) => start <= cue.from * FPS) ?? before[0];
  const moved = now.find(({ scene_id: id }) => id === scene.scene_id);
  const [was, is] = [scene.spoken[0]?.start ?? scene.start, moved?.spoken[0]?.start ?? moved?.start ?? scene.start];
  return { ...cue, from: cue.from + (is - was) / FPS, to: cue.to + (is - was) / FPS };
}

/**
 * @param {Timeline} timeline
 * @param {number} frame
 * @returns {LaidScene}
 */
export const sceneAt = ({ scenes }, frame) => scenes.findLast(({ start }) => start <= frame) ?? scenes[0];

/**
 * By how much a clip is slowed.
 *
 * @param {LaidScene} scene
 * @returns {number} A factor.
 */
export function slowed({ clip, clip_from: from, frames }) {
  const shown = Math.max(clip.length_s - from - 1 / FPS, 0.001);
  return Math.min(Math.max((frames + 2 * HALF - 1) / FPS / shown, 1), MAX_STRETCH);
}

/**
 * Which second of its clip is shown at a frame of the film.
 *
 * @param {LaidScene} scene
 * @param {number} frame
 * @returns {number}
 */
export function clipSecond(scene, frame) {
  const at = scene.clip_from + (frame - scene.start + HALF) / FPS / slowed(scene);
  return Math.min(Math.max(at, 0), Math.max(scene.clip.length_s - 1 / FPS, 0));
}

/**
 * The last second of its clip at which a scene may begin without standing still before its end.
 *
 * @param {LaidScene} scene
 * @returns {number}
 */
export const latestBegin = ({ clip, frames }) =>
  Math.max(Math.floor((clip.length_s - 1 / FPS - (frames + 2 * HALF - 1) / FPS / MAX_STRETCH) * 10) / 10, 0);
