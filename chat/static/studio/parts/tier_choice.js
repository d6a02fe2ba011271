// How well, and for how much, the pieces that are bought are made.

import { Radios, Select } from "./choices.js";
import { html } from "../preact.js";

const NAMES = { draft: "Draft", standard: "Standard", best: "Best" };

export const tierName = (tier) => NAMES[tier] ?? tier;

/** The prices of a tier, where there are several to choose from; otherwise those of the one there is. */
export const pricesIn = (options, tier) => options.tiers.find(({ name }) => name === tier)?.prices ?? options.prices;

/** Nothing where everything is made in one way. `costs(tier)` says what the film would cost in it, or is empty. */
export function TierChoice({ options, value, costs, onChange }) {
  if (options.tiers.length < 2) return null;
  const { about, models } = options.tiers.find(({ name }) => name === value) ?? options.tiers[0];
  const choices = options.tiers.map(({ name }) => ({ value: name, label: labelled(name, costs(name)) }));
  return html`<div class="tiers">
    <${Radios} legend="Quality" name="tier" value=${value} options=${choices} onChange=${onChange} />
    <p class="soft">${about} Clips by ${models.motion.model}, stills by ${models.image.model}.</p>
  </div>`;
}

/** The same in one line. `prices` are {tier, credits, seconds} of the film as it is. */
export function TierSelect({ options, value, prices, onChange, evenOne = false }) {
  if (options.tiers.length < 2 && !evenOne) return null;
  const priced = (name) => prices?.find(({ tier }) => tier === name);
  const choices = options.tiers.map(({ name }) => ({ value: name, label: labelled(name, costs(priced(name))) }));
  return html`<${Select} label="Quality" value=${value} options=${choices} onChange=${onChange} />`;
}

const costs = (price) => price && `${price.credits} credits · ${inWords(price.seconds)}`;

/** "about 40 s", "about 13 min" */
export const inWords = (seconds) =>
  seconds < 90 ? `about ${Math.round(seconds)} s` : `about ${Math.round(seconds / 60)} min`;

const labelled = (name, costs) => [tierName(name), costs].filter(Boolean).join(" · ");
