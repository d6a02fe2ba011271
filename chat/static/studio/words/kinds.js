// PURE: the kinds of pieces that generators make: a row for each, with everything that the studio says of it.

/**
 * @typedef {object} Kind
 * @property {string} name "picture"
 * @property {string} [one] Where that is no word for one of them: "piece of music".
 * @property {string} plural
 * @property {string} credit How it is called where a film says who made it.
 * @property {"picture"|"clip"|"sound"} file What a file of one's own has to be, to become one.
 * @property {string} icon
 * @property {string} madeBy What a model is chosen for, to make it: "image".
 * @property {string} suchAs What one may ask of another take.
 * @property {string} [switching] What switching to another take brings along.
 * @property {string} [madeInto] The kind that is made of it, and stays as it is until that is made anew.
 * @property {string} [words] What in the script is changed for it; usually its description.
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  scene: {
    name: "picture",
    plural: "pictures",
    credit: "Pictures",
    file: "picture",
    icon: "picture",
    madeBy: "image",
    suchAs: "at night, with snow",
    switching: "The clip made from this picture comes back too.",
    madeInto: "video",
  },
  audio: {
    name: "voice-over",
    plural: "voice-overs",
    credit: "Narration",
    file: "sound",
    icon: "sound",
    madeBy: "voice",
    suchAs: "calmer, with a pause before the last words",
    words: "the narration",
  },
  line: {
    name: "line",
    plural: "lines",
    credit: "Dialogue",
    file: "sound",
    icon: "sound",
    madeBy: "voice",
    suchAs: "whispered, as if afraid",
    words: "the line",
  },
  video: {
    name: "clip",
    plural: "clips",
    credit: "Clips",
    file: "clip",
    icon: "camera",
    madeBy: "motion",
    suchAs: "a slow push towards the window",
  },
  music: {
    name: "music",
    one: "piece of music",
    plural: "pieces of music",
    credit: "Music",
    file: "sound",
    icon: "music",
    madeBy: "music",
    suchAs: "quieter, without drums",
  },
  character: {
    name: "character",
    plural: "characters",
    credit: "Portraits of characters",
    file: "picture",
    icon: "user",
    madeBy: "image",
    suchAs: "older, with a red scarf",
    switching: "The pictures made with this character come back too.",
  },
};
