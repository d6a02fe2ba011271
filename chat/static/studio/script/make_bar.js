// The one next step, and its price.

import { followed } from "../parts/links.js";
import { Icon } from "../parts/icons.js";
import { cutIsDue, isBeingWritten, listed } from "../words/pieces.js";
import { html } from "../preact.js";
import { address } from "../state/route.js";
import { Shared } from "../family/shared.js";
import { TierSelect } from "../parts/tier_choice.js";
import { useStudio } from "../use_studio.js";

export function MakeBar({ film }) {
  const { state, studio } = useStudio();
  const { words, step } = nextStep(film, state.credits.balance, studio);
  const isPriced = film.status !== "generating" && film.price?.items.length > 0;
  return html`<div class="make-bar" role="region" aria-label="Next step"><p>${words}</p>
    ${
      isPriced &&
      state.options &&
      html`<${TierSelect} options=${state.options} value=${film.settings.tier} prices=${film.price.tiers}
        onChange=${(tier) => studio.change({ tier })} />`
    }
    ${step}</div>`;
}

/** What stands in the way of an edit, said where one presses; the ways on stand above the script. */
const UNSAVED = {
  waiting: "What you changed is kept. It is saved when Pixora can be reached.",
  conflict: "What you changed is not saved: choose which script counts.",
  refused: "What you changed cannot be saved yet.",
};

function nextStep(film, balance, studio) {
  if (film.draft?.state in UNSAVED) {
    const words = html`<span class="problem"><${Icon} name="warning" /> ${UNSAVED[film.draft.state]}</span>`;
    return { words, step: film.draft.state !== "waiting" && html`<${ToTheBanner} />` };
  }
  if (film.status === "generating") {
    const words = html`<b>Being made${
      film.progress ? ` · ${film.progress.progress} %` : ""
    }.</b> What you change now is for the next cut.`;
    return { words, step: html`<${Way} film=${film} stage="production" studio=${studio}>See how it goes<//>` };
  }
  if (isBeingWritten(film)) {
    const words = html`<b>The script is being written.</b> Its price comes with it.`;
    return { words, step: html`<button class="button" disabled>Make the film</button>` };
  }
  if (!film.price)
    return {
      words: "The price is being worked out …",
      step: html`<button class="button" disabled>Make the film</button>`,
    };
  if (cutIsDue(film)) {
    const words = html`<b>Every piece is made.</b> Only the film has still to be cut, which costs nothing.`;
    return { words, step: html`<button class="button" onClick=${() => studio.make(film.price)}>Cut the film</button>` };
  }
  if (!film.price.items.length) {
    const words = html`<b>Everything is made.</b> Changes that cost nothing are cut into the film by themselves.`;
    return {
      words,
      step:
        film.components.fullvideo?.take && html`<${Way} film=${film} stage="film" studio=${studio}>Watch the film<//>`,
    };
  }
  const label = `${
    film.components.fullvideo?.take ? "Update the film" : "Make the film"
  } · ${film.price.credits} credits`;
  const missing = film.price.credits - balance;
  if (missing > 0) {
    const words = html`<span class="problem"><${Icon} name="warning" /> <b>
      ${missing} credits are missing:</b> you have ${balance}.</span> Fewer or shorter scenes make it cheaper.`;
    return { words, step: html`<button class="button" disabled>${label}</button>` };
  }
  const isSaving = film.draft?.state === "saving";
  return {
    words: html`${listed(film.price.items)}. <${Shared} price=${film.price} /> <span
      class="soft">You have ${balance} credits; you get back what is not used.</span>`,
    step: html`<button class="button" disabled=${isSaving} onClick=${() => studio.make(film.price)}>${label}</button>`,
  };
}

const ToTheBanner = () => html`
  <button class="button" onClick=${() => document.querySelector(".banner.warn, .banner.bad")?.scrollIntoView()}>
    See what can be done</button>`;

function Way({ film, stage, studio, children }) {
  const route = { page: "film", taskId: film.id, stage };
  return html`<a class="button" href=${address(route)} onClick=${(event) => followed(event, studio, route)}>${children}
  </a>`;
}
