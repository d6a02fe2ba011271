// What is spoken in a scene: its narration, and below it its lines, each behind who says it.

import { html } from "../preact.js";

export const Said = ({ scene: { script, lines = [] } }) => html`
  ${(script || !lines.length) && html`<p class="narration soft">${script || html`<i>No narration</i>`}</p>`}
  ${lines.map(
    ({ speaker, text }, place) => html`
    <p class="narration soft" key=${place}>${speaker && html`<b>${speaker}:</b> `}${text}</p>`,
  )}`;
