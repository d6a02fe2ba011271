// How far a run is, as a bar.

import { html } from "../preact.js";
import { useStudio } from "../use_studio.js";

/** Without a percent it says that something is going on, and no more. */
export const Bar = ({ percent, name }) =>
  html`<progress max="100" value=${percent ?? undefined} aria-label=${name}></progress>`;

/** The script is being written: one line, and the button that ends it. Seconds of work need no figure. */
export function Writing({ film, words }) {
  const { studio } = useStudio();
  if (film.failure) return html`<p class="problem" role="alert">${film.failure.message}</p>`;
  if (!film.run) return null;
  return html`
    <div class="progress-box">
      ${words && html`<b>${words}</b>`}
      <${Bar} name="The script is being written" />
      <button class="button quiet small" onClick=${() => studio.cancel()}>Cancel</button>
    </div>`;
}
