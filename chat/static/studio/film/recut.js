// What is said above the film while it is not what it could be: being cut anew, or out of date.

import { Icon } from "../icons.js";
import { counted, listed } from "../pieces.js";
import { html, useState } from "../preact.js";
import { lasting } from "../progress.js";
import { useStudio } from "../use_studio.js";

export function Recut({ film }) {
  const { run, progress } = film;
  if (!run) return null;
  return html`
    <div class="recut">
      <i class="pulse"></i>
      <p><b>${progress?.message || "The film is being cut anew"}</b>
        <span class="soft">${progress?.eta_seconds ? ` · about ${lasting(progress.eta_seconds)} left` : ""}. Until then the film below stays as it is.</span></p>
      <progress max="100" value=${progress?.progress ?? 0} aria-label="Progress of the new cut"></progress>
    </div>`;
}

export function OutOfDate({ film }) {
  const { state, studio } = useStudio();
  const [isBusy, setBusy] = useState(false);
  const { price, run } = film;
  if (run || !price?.items.length) return null;
  const count = price.items.length;
  const { failed, missing, blocked } = counted(film.components);
  const kind = failed + missing + blocked ? "missing or out of date" : "out of date";
  const lacking = price.credits - state.credits.balance;
  const update = async () => {
    setBusy(true);
    await studio.make(price);
    setBusy(false);
  };
  return html`
    <div class="out-of-date">
      <${Icon} name="retry" />
      <p><b>${count} ${count === 1 ? "item is" : "items are"} ${kind}</b> <span class="soft">${listed(price.items)}</span>
        ${lacking > 0 && html`<span class="problem"> ${lacking} credits are missing.</span>`}</p>
      <button class="button small" disabled=${isBusy || lacking > 0} onClick=${update}>Update ${count} stale ${count === 1 ? "item" : "items"} · ${price.credits} credits</button>
    </div>`;
}
