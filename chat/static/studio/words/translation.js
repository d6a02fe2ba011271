// PURE: a translation of one's own: the texts of a film that are spoken, and the table that the server reads.

/** @typedef {import("../types.js").Content} Content */

const isSpoken = (text) => /[\p{L}\p{N}]/u.test(text);

/**
 * [{key, place, title, text}]: a scene's narration is called by its number, its lines by 2.1, 2.2.
 *
 * @param {Content} content
 * @returns {{key: string, place: number, title: string, text: string, speaker?: string}[]}
 */
export const spokenTexts = ({ clips }) =>
  clips.flatMap(({ scene: { index, title, script, lines = [] } }) =>
    [
      { key: `${index}`, text: script },
      ...lines.map(({ speaker, text }, at) => ({ key: `${index}.${at + 1}`, speaker, text })),
    ]
      .filter(({ text }) => isSpoken(text))
      .map((one) => ({ ...one, place: index, title })),
  );

/**
 * @param {{key: string}[]} texts
 * @param {Record<string, string>} said Translations by key.
 * @returns {{key: string}[]}
 */
export const untranslated = (texts, said) => texts.filter(({ key }) => !isSpoken(said[key] ?? ""));

/**
 * A row for each text, its cells in quotation marks, as spreadsheets save them.
 *
 * @param {{key: string}[]} texts
 * @param {Record<string, string>} said
 * @returns {string}
 */
export const tableOf = (texts, said) =>
  texts.map(({ key }) => `${key}\t"${said[key].replace(/\s+/g, " ").trim().replaceAll('"', '""')}"`).join("\n");

/**
 * The words of a file; tables and subtitles are often older than UTF-8.
 *
 * @param {ArrayBuffer} buffer
 * @returns {string}
 */
export function decoded(buffer) {
  const bytes = new Uint8Array(buffer);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(buffer);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(buffer);
  } catch {
    return new TextDecoder("windows-1252").decode(buffer);
  }
}
