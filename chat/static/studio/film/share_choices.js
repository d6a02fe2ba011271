// What can be chosen of a link to the film, for a new one and for one that is there.

import { Switch } from "../parts/choices.js";
import { html } from "../preact.js";

export const CAN = {
  view: "Watch",
  comment: "Watch and leave notes",
  approve: "Watch, leave notes and approve",
};
export const FOLLOW = { newest: "Always the newest cut", this: "The cut as it is now" };
export const DAYS = [
  ["1", "In a day"],
  ["7", "In a week"],
  ["30", "In a month"],
  ["365", "In a year"],
  ["", "Never"],
];

export const Choice = ({ legend, name, choices, value, onChange }) => html`
  <fieldset class="choice"><legend>${legend}</legend>
    ${Object.entries(choices).map(
      ([key, words]) => html`
      <label class="switch" key=${key}><input type="radio" name=${name} value=${key} checked=${key === value}
        onChange=${onChange} /><span>${words}</span></label>`,
    )}</fieldset>`;

/** Offered where the film has versions, and the link does not stay at one cut. */
export const Versions = ({ film, wish, onChange }) =>
  film.versions > 1 &&
  wish.follow === "newest" &&
  html`<${Switch} label="Guests may switch to its other languages and shapes" value=${wish.versions}
    onChange=${onChange} />`;

/** `choices` are pairs of a value and its words. */
export const Select = ({ legend, choices, value, onChange }) => html`
  <label class="choice"><span class="legend">${legend}</span>
    <select class="field" value=${value} onChange=${onChange}>
      ${choices.map(([key, words]) => html`<option key=${key} value=${key}>${words}</option>`)}
    </select></label>`;
