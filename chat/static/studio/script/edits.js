// PURE: changes to a script's content, as pipeline/film/script_edits.py makes them. Places count from 1.

/** @typedef {import("../types.js").Character} Character */
/** @typedef {import("../types.js").Content} Content */
/** @typedef {import("../types.js").Line} Line */
/** @typedef {import("../types.js").Scene} Scene */

const NEW_SCENE = {
  index: 0, // `arranged` counts anew
  title: "New scene",
  script: "",
  image_prompt: "A new picture",
  video_prompt: "The camera moves slowly forward",
  transition: "fade",
  duration: 5,
  characters: [],
};

/**
 * @param {Content} content
 * @returns {Scene[]}
 */
export const scenesOf = (content) => content.clips.map(({ scene }) => scene);

/** A dragged border gives way to another duration. */
function changedScene(scene, changes) {
  const lasts = changes.duration ?? scene.duration;
  return { ...scene, ...(lasts !== scene.duration && { slot_frames: 0 }), ...changes };
}

/**
 * @param {Content} content
 * @param {number} index
 * @param {Partial<Scene>} changes
 * @returns {Content}
 */
export function withChanges(content, index, changes) {
  return arranged(
    content,
    scenesOf(content).map((scene) => (scene.index === index ? changedScene(scene, changes) : scene)),
    scoreOf(content),
  );
}

/**
 * What the title of a new scene describes too, as long as its picture is not described itself: nobody pays for a
 * picture of nothing.
 *
 * @param {Scene} scene
 * @param {string} title
 * @returns {Partial<Scene>|null}
 */
export const describedBy = ({ image_prompt: picture }, title) =>
  picture === NEW_SCENE.image_prompt && title.trim() ? { image_prompt: title.trim() } : null;

/**
 * Moved to another place; in another group it takes on that one's music, and no other scene changes its own.
 *
 * @param {Content} content
 * @param {number} from
 * @param {number} to
 * @returns {Content}
 */
export function moved(content, from, to) {
  const scenes = scenesOf(content);
  const score = scoreOf(content);
  const [scene] = scenes.splice(from - 1, 1);
  score.splice(from - 1, 1);
  scenes.splice(to - 1, 0, scene);
  score.splice(to - 1, 0, score[from < to ? to - 2 : to - 1]);
  return arranged(content, scenes, score);
}

/**
 * A new scene behind the one at this place, with that one's music. The id is one that was never used.
 *
 * @param {Content} content
 * @param {number} after
 * @param {number} id
 * @returns {Content}
 */
export function withScene(content, after, id) {
  const scenes = scenesOf(content);
  const score = scoreOf(content);
  scenes.splice(after, 0, { ...NEW_SCENE, id });
  score.splice(after, 0, score[Math.max(after - 1, 0)]);
  return arranged(content, scenes, score);
}

/**
 * @param {Content} content
 * @param {number} index
 * @returns {Content}
 */
export function withoutScene(content, index) {
  const kept = (_, place) => place !== index - 1;
  return arranged(content, scenesOf(content).filter(kept), scoreOf(content).filter(kept));
}

/**
 * @param {Content} content
 * @param {number} group
 * @param {string} prompt
 * @returns {Content}
 */
export function withMusic(content, group, prompt) {
  return { ...content, music: content.music.map((music, place) => (place === group ? { ...music, prompt } : music)) };
}

/**
 * `silent` is written only where it is true, as the server writes it.
 *
 * @param {Content} content
 * @param {number} group
 * @param {boolean} silent
 * @returns {Content}
 */
export function withSilence(content, group, silent) {
  const music = content.music.map(({ silent: was, ...words }, place) => {
    const isSilent = place === group ? silent : was;
    return isSilent ? { ...words, silent: true } : words;
  });
  return { ...content, music };
}

/**
 * From this scene on another piece of music begins, with the same words until they are changed.
 *
 * @param {Content} content
 * @param {number} index
 * @returns {Content}
 */
export function musicBeginsAt(content, index) {
  const score = scoreOf(content);
  const group = score[index - 1][0];
  return arranged(
    content,
    scenesOf(content),
    score.map(([number, music], place) => [
      number === group && place >= index - 1 ? content.music.length : number,
      music,
    ]),
  );
}

/**
 * The music of the group before goes on through this one.
 *
 * @param {Content} content
 * @param {number} group
 * @returns {Content}
 */
export function musicJoined(content, group) {
  const score = scoreOf(content);
  const before = score[content.music[group].scene_indexes[0] - 2];
  const joined = score.map((entry) => (entry[0] === group ? before : entry));
  return arranged(content, scenesOf(content), joined);
}

/**
 * @param {Content} content
 * @param {number} place
 * @param {Partial<Character>} changes
 * @returns {Content}
 */
export function withCharacter(content, place, changes) {
  const before = content.character_profiles[place];
  const profiles = content.character_profiles.map((profile, other) =>
    other === place ? { ...profile, ...changes } : profile,
  );
  const renamed = (name) => (changes.name && name === before.name ? changes.name : name);
  const clips = content.clips.map(({ scene }) => {
    const lines = linesOf(scene).map((line) => ({ ...line, speaker: renamed(line.speaker) }));
    return { scene: { ...withTheseLines(scene, lines), characters: scene.characters.map(renamed) } };
  });
  return { ...content, character_profiles: profiles, clips };
}

/**
 * A voice by its name, or one's own by its id. An empty voice is one that is chosen for the character; what is empty
 * is not written, as the server does not write it. With one's own the name stays: it speaks where no model can.
 *
 * @param {Content} content
 * @param {number} place
 * @param {string} voice
 * @returns {Content}
 */
export function withVoice(content, place, voice) {
  const profiles = content.character_profiles.map((before, other) => {
    if (other !== place) return before;
    const { voice: was, voice_character: _own, ...profile } = before;
    const isOwn = voice.startsWith("voice_");
    const name = isOwn ? was : voice;
    return { ...profile, ...(name && { voice: name }), ...(isOwn && { voice_character: voice }) };
  });
  return { ...content, character_profiles: profiles };
}

/**
 * @param {Scene} scene
 * @returns {Line[]}
 */
export const linesOf = (scene) => scene.lines ?? [];

/**
 * A line in the place of another, or behind the last.
 *
 * @param {Content} content
 * @param {number} index
 * @param {number} place
 * @param {Line} line
 * @returns {Content}
 */
export const withLine = (content, index, place, line) =>
  withLines(content, index, (lines) => lines.toSpliced(place, 1, line));

/**
 * @param {Content} content
 * @param {number} index
 * @param {number} place
 * @returns {Content}
 */
export const withoutLine = (content, index, place) => withLines(content, index, (lines) => lines.toSpliced(place, 1));

/**
 * @param {Content} content
 * @param {number} index
 * @param {number} from
 * @param {number} to
 * @returns {Content}
 */
export const withLineMoved = (content, index, from, to) =>
  withLines(content, index, (lines) => lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]));

const withLines = (content, index, change) => ({
  ...content,
  clips: content.clips.map(({ scene }) => ({
    scene: scene.index === index ? withTheseLines(scene, change(linesOf(scene))) : scene,
  })),
});

/**
 * Lines are written only where there are any, as the server writes them.
 *
 * @param {Scene} scene
 * @param {Line[]} lines
 * @returns {Scene}
 */
function withTheseLines({ lines: _, ...scene }, lines) {
  return lines.length ? { ...scene, lines } : scene;
}

/**
 * @param {Content} content
 * @returns {Content}
 */
export function withNewCharacter(content) {
  const names = content.character_profiles.map(({ name }) => name);
  let number = names.length + 1;
  while (names.includes(`Character ${number}`)) number += 1;
  return {
    ...content,
    character_profiles: [
      ...content.character_profiles,
      { name: `Character ${number}`, image_prompt: "A friendly person, seen from the front" },
    ],
  };
}

/**
 * @param {Content} content
 * @param {number} place
 * @returns {Content}
 */
export function withoutCharacter(content, place) {
  const { name } = content.character_profiles[place];
  const clips = content.clips.map(({ scene }) => ({
    scene: { ...scene, characters: scene.characters.filter((other) => other !== name) },
  }));
  return { ...content, clips, character_profiles: content.character_profiles.filter((_, other) => other !== place) };
}

/** For each scene the number of its group and its music. */
function scoreOf(content) {
  const score = [];
  for (const [group, { scene_indexes, ...music }] of content.music.entries())
    for (const index of scene_indexes) score[index - 1] = [group, music];
  return score;
}

function arranged(content, scenes, score) {
  const clips = scenes.map((scene, place) => ({ scene: { ...scene, index: place + 1 } }));
  const music = [];
  score.forEach(([group, words], place) => {
    if (!place || group !== score[place - 1][0]) music.push({ ...words, scene_indexes: [] });
    music.at(-1).scene_indexes.push(place + 1);
  });
  return { ...content, clips, music, expected_duration: scenes.reduce((sum, { duration }) => sum + duration, 0) };
}
