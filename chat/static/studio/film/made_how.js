// How the film was made, as its own file says it: who made which pieces, and who signed that.

import { Icon } from "../parts/icons.js";
import { html } from "../preact.js";
import { KINDS } from "../words/kinds.js";
import { ownServer } from "../words/makers.js";

const SOURCES = {
  drawn: "drawn or played by Pixora's own programs, by rules",
  own: "your own material",
  unknown: "nobody knows any more",
};

/**
 * PURE: `[1, 2, 3, 5]` → "1–3, 5".
 *
 * @param {number[]} places
 * @returns {string}
 */
export const spans = (places) => {
  const runs = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last?.at(-1) === place - 1) last[1] = place;
    else runs.push([place]);
  }
  return runs.map((run) => run.join("–")).join(", ");
};

const maker = ({ provider, model }) => {
  if (provider === "local") return "Pixora, on this server";
  return provider === "compatible" ? ownServer(model) : `${model} (${provider})`;
};

const how = (row) => (row.source === "ai" ? `made with AI: ${maker(row)}` : SOURCES[row.source]);

const signed = ({ signed: isSigned, self_signed: isSelfSigned, by, why }) => {
  if (!isSigned) return `The film's file carries no Content Credentials. ${why}`;
  const where = "The film's file says this itself (Content Credentials)";
  return isSelfSigned
    ? `${where}, signed with this server's own key: nobody else vouches for it.`
    : `${where}, signed by ${by}.`;
};

export const MadeHow = ({ credentials }) =>
  credentials &&
  html`
  <details class="made-how">
    <summary><${Icon} name=${credentials.signed ? "check" : "warning"} /> How this film was made</summary>
    ${
      credentials.pieces.length > 0 &&
      html`<dl>${credentials.pieces.map(
        (row) => html`<div key=${`${row.piece} ${row.provider} ${row.model} ${row.source}`}>
        <dt>${KINDS[row.piece]?.credit ?? row.piece}${
          row.scenes.length > 0 &&
          html` <span class="soft">${row.scenes.length === 1 ? "scene" : "scenes"} ${spans(row.scenes)}</span>`
        }</dt><dd>${how(row)}</dd></div>`,
      )}</dl>`
    }
    <p class="soft">${signed(credentials)}</p>
  </details>`;
