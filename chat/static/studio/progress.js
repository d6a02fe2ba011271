// How far a run is, and the button that ends it.

import { html } from "./preact.js";
import { useStudio } from "./use_studio.js";

const STAGES = { writing_script: "Writing the script", generating_assets: "Making the pieces", cutting: "Cutting the film", done: "Done" };

export function Progress({ film }) {
  const { studio } = useStudio();
  const { run, progress, failure } = film;
  if (failure) return html`<p class="problem" role="alert">${failure.message}</p>`;
  if (!run) return null;
  const percent = progress?.progress ?? 0;
  return html`
    <div class="progress-box">
      <div class="progress-words">
        <b>${STAGES[progress?.stage] ?? "Waiting to begin"}</b>
        <span>${progress?.message} ${progress?.eta_seconds ? `· about ${lasting(progress.eta_seconds)} left` : ""}</span>
        <span class="percent">${percent} %</span>
      </div>
      <progress max="100" value=${percent} aria-label="Progress of the film"></progress>
      <button class="button quiet small" onClick=${() => studio.cancel()}>Cancel</button>
    </div>`;
}

export const lasting = (seconds) => (seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`);
