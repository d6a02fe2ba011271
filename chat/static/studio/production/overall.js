// How the whole film stands: its stage, how far it is, what is ready, and the one thing to do next.

import { Question } from "../parts/dialog.js";
import { figureOf, lasting } from "../words/figures.js";
import { Shared } from "../family/shared.js";
import { Icon } from "../parts/icons.js";
import { counted, cutIsDue, listed } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { address } from "../state/route.js";
import { followed } from "../parts/links.js";
import { Notify } from "../parts/notify.js";
import { Bar } from "../parts/progress.js";
import { STATES } from "../words/scenes.js";
import { useStudio } from "../use_studio.js";

const STAGES = [
  { stage: "writing_script", name: "Script", said: "The script is being written" },
  { stage: "generating_assets", name: "Pictures, sound and clips", said: "Pictures, sound and clips are being made" },
  { stage: "cutting", name: "Cut", said: "The film is being cut" },
];

export function Overall({ film }) {
  return html`
    <section class="overall" aria-label="How far the film is">
      ${film.run ? html`<${AtWork} film=${film} />` : html`<${AtRest} film=${film} />`}
      <${Counts} components=${film.components} />
    </section>`;
}

function AtWork({ film: { run, progress } }) {
  const percent = figureOf(progress);
  const waits = run.status === "queued";
  return html`
    <${Stages} now=${progress?.stage} />
    <div class="overall-line">
      <p class="overall-words">
        <b>${waits ? "Waiting for a free worker" : progress?.message || "Starting"}</b>
        <span class="soft">${timeLeft(progress, waits)}</span>
      </p>
      ${percent && html`<span class="percent" aria-hidden="true">${percent}<small>%</small></span>`}
      <${Notify} />
      <${Cancel} />
    </div>
    <${Bar} percent=${percent} name="Progress of the film" />
    <p class="unseen" role="status">${STAGES.find(({ stage }) => stage === progress?.stage)?.said}</p>`;
}

function timeLeft(progress, waits) {
  if (waits) return "it begins in a moment";
  return figureOf(progress) && progress.eta_seconds
    ? `about ${lasting(progress.eta_seconds)} left`
    : "Estimating the time …";
}

const Stages = ({ now }) => {
  const place = STAGES.findIndex(({ stage }) => stage === now);
  return html`
    <ol class="stages">
      ${STAGES.map(
        ({ stage, name }, at) => html`
        <li key=${stage} data-is=${at < place ? "done" : at === place ? "now" : "next"}
          aria-current=${at === place ? "step" : undefined}>
          <i>${at < place ? html`<${Icon} name="check" />` : at + 1}</i>${name}</li>`,
      )}
    </ol>`;
};

function Cancel() {
  const { studio } = useStudio();
  const [asks, setAsks] = useState(false);
  const cancel = () => {
    setAsks(false);
    studio.cancel();
  };
  return html`
    <button class="button quiet small" onClick=${() => setAsks(true)}>Cancel</button>
    ${
      asks &&
      html`
      <${Question} title="Stop making this film?" yes="Stop it" no="Go on" onYes=${cancel} onNo=${() => setAsks(false)}>
        <p>Finished pieces are kept, and you get back the credits that are not used. You can go on later.</p>
      <//>`
    }`;
}

function AtRest({ film }) {
  const { title, text, icon } = atRest(film);
  return html`
    <div class="overall-line" data-tone=${film.status} role=${film.status === "failed" ? "alert" : undefined}>
      <i class="overall-icon"><${Icon} name=${icon} /></i>
      <p class="overall-words"><b>${title}</b><span class="soft">${text}</span></p>
      <${Next} film=${film} />
    </div>`;
}

function Next({ film }) {
  const { state, studio } = useStudio();
  const [busy, setBusy] = useState(false);
  const { price } = film;
  if (cutIsDue(film)) return html`<${Cut} film=${film} />`;
  if (!price?.items.length)
    return film.components.fullvideo?.take ? html`<${ToFilm} id=${film.id} studio=${studio} />` : null;
  const missing = price.credits - state.credits.balance;
  const make = async () => {
    setBusy(true);
    await studio.make(price);
    setBusy(false);
  };
  return html`
    <p class="next">
      <button class="button" disabled=${busy || missing > 0} onClick=${make}>
        ${VERBS[film.status] ?? "Make"} ${listed(price.items)} · ${price.credits} credits</button>
      <${Shared} price=${price} />
      ${
        missing > 0 &&
        html`<small class="problem">
        ${missing} credits are missing: you have ${state.credits.balance}.</small>`
      }
    </p>`;
}

export function Cut({ film: { price } }) {
  const { studio } = useStudio();
  const [busy, setBusy] = useState(false);
  const cut = async () => {
    setBusy(true);
    await studio.make(price);
    setBusy(false);
  };
  return html`<button class="button" disabled=${busy} onClick=${cut}>Cut the film · 0 credits</button>`;
}

const VERBS = { failed: "Try again:", cancelled: "Go on with", complete: "Update" };

const UNCUT = "Every piece is made; only the film has still to be cut.";

function ToFilm({ id, studio }) {
  const route = { page: "film", taskId: id, stage: "film" };
  return html`<a class="button" href=${address(route)} onClick=${(event) => followed(event, studio, route)}>
    <${Icon} name="play" />Watch the film</a>`;
}

function atRest(film) {
  const { status, failure, price, components } = film;
  const { failed, stale } = counted(components);
  if (status === "failed") {
    const title = failed
      ? `${failed} ${failed === 1 ? "piece" : "pieces"} could not be made`
      : "The film could not be finished";
    return {
      icon: "warning",
      title,
      text: failed
        ? "Everything else is kept. Each piece says below what can be done."
        : (failure?.message ?? "Finished pieces are kept."),
    };
  }
  const isUncut = cutIsDue(film);
  if (status === "cancelled")
    return { icon: "warning", title: "Production was stopped", text: isUncut ? UNCUT : "Finished pieces are kept." };
  if (stale)
    return {
      icon: "retry",
      title: `${stale} ${stale === 1 ? "piece is" : "pieces are"} out of date`,
      text: "The film stays as it is until you update it.",
    };
  if (isUncut) return { icon: "spark", title: "Ready to be cut", text: UNCUT };
  if (!price?.items.length)
    return { icon: "check", title: "Everything is made", text: "Every piece is there and fits the script." };
  return { icon: "spark", title: "Ready to be made", text: "Nothing is spent before you say so." };
}

const Counts = ({ components }) => html`
  <ul class="counts" aria-label="Pieces">
    ${Object.entries(counted(components))
      .filter(([, count]) => count)
      .map(
        ([state, count]) => html`
      <li key=${state} class="state" data-state=${state}><b>${count}</b> ${STATES[state].toLowerCase()}</li>`,
      )}
  </ul>`;
