// What a take looks or sounds like.

import { Icon } from "../parts/icons.js";
import { KINDS } from "../words/kinds.js";
import { fileKind, kindOf } from "../words/pieces.js";
import { Playable } from "../parts/playable.js";
import { html } from "../preact.js";

const iconOf = ({ component }) => KINDS[kindOf(component)].icon;

export const isSound = ({ component }) => fileKind(component) === "sound";

/** A picture is small here, and opens as it is. */
export function Preview({ piece, url, small = url, name }) {
  if (!url)
    return html`<div class="preview" data-state=${piece.status}><span class="bare">
      <${Icon} name=${iconOf(piece)} /></span></div>`;
  if (isSound(piece)) {
    return html`<div class="preview sound"><${Icon} name=${iconOf(piece)} />
      <${Playable} key=${url} tag="audio" src=${url} name=${name} /></div>`;
  }
  if (kindOf(piece.component) === "video")
    return html`<div class="preview"><${Playable} key=${url} src=${url} name=${name} /></div>`;
  return html`<div class="preview"><a href=${url} target="_blank" rel="noopener" title="Open in full size">
    <img src=${small} alt=${name} loading="lazy" decoding="async" /></a></div>`;
}
