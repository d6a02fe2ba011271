// What is said above the film while it is not what it could be: being cut anew, or out of date.

import { figureOf, lasting } from "../words/figures.js";
import { Shared } from "../family/shared.js";
import { Icon } from "../parts/icons.js";
import { counted, cutIsDue, listed } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { Bar } from "../parts/progress.js";
import { Cut } from "../production/overall.js";
import { useStudio } from "../use_studio.js";

export function Recut({ film }) {
  const { run, progress } = film;
  if (!run) return null;
  const isDone = progress?.stage === "done";
  return html`
    <div class="recut">
      <i class="pulse"></i>
      <p><b>${progress?.message || "The film is being cut again"}</b>
        <span class="soft">${
          progress?.eta_seconds ? ` · about ${lasting(progress.eta_seconds)} left` : ""
        }. ${isDone ? "It is shown in a moment." : "Until then the film below stays as it is."}</span></p>
      <${Bar} percent=${figureOf(progress)} name="Progress of the new cut" />
    </div>`;
}

export function OutOfDate({ film }) {
  const { state, studio } = useStudio();
  const [isBusy, setBusy] = useState(false);
  const { price, run } = film;
  if (cutIsDue(film))
    return html`<div class="out-of-date"><${Icon} name="retry" />
      <p>Every piece is made; only the film has still to be cut again.</p><${Cut} film=${film} /></div>`;
  if (run || !price?.items.length) return null;
  const one = price.items.length === 1;
  const { failed, missing, blocked } = counted(film.components);
  const isIncomplete = failed + missing + blocked > 0;
  const words = `${one ? "is" : "are"} ${isIncomplete ? "missing or out of date" : "out of date"}`;
  const lacking = price.credits - state.credits.balance;
  const update = async () => {
    setBusy(true);
    await studio.make(price);
    setBusy(false);
  };
  return html`
    <div class="out-of-date">
      <${Icon} name="retry" />
      <p><b>${listed(price.items)}</b> ${words}. <${Shared} price=${price} />
        ${lacking > 0 && html`<span class="problem"> ${lacking} credits are missing.</span>`}</p>
      <button class="button small" disabled=${isBusy || lacking > 0} onClick=${update}>
        ${isIncomplete ? "Make" : "Update"} ${one ? "it" : "them"} · ${price.credits} credits</button>
    </div>`;
}
