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

const HEAD = "Scene\tTitle\tText";
const cell = (text) => `"${text.replace(/\s+/g, " ").trim().replaceAll('"', '""')}"`;

/**
 * A row for each text, its cells in quotation marks, as spreadsheets save them; with a column of titles where some are
 * translated.
 *
 * @param {{key: string}[]} texts
 * @param {Record<string, string>} said
 * @param {Record<string, string>} [titles] By the scenes' places.
 * @returns {string}
 */
export function tableOf(texts, said, titles = {}) {
  const translated = Object.entries(titles).filter(([, title]) => isSpoken(title));
  if (!translated.length) return texts.map(({ key }) => `${key}\t${cell(said[key])}`).join("\n");
  const rows = texts.map(({ key }) => `${key}\t${cell("")}\t${cell(said[key])}`);
  return [HEAD, ...translated.map(([place, title]) => `${place}\t${cell(title)}\t${cell("")}`), ...rows].join("\n");
}

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
