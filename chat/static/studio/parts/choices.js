// The ways to choose one of a few things, shared by the views.

import { capital } from "../words/pieces.js";
import { html } from "../preact.js";

export const RATIO_NAMES = { "16:9": "Wide", "9:16": "Tall", "1:1": "Square", "4:3": "Classic", "3:4": "Upright" };
const ENGLISH_NAMES = new Intl.DisplayNames(["en"], { type: "language" });

/** What a language is called, by its code. */
export const languageName = (code) => ENGLISH_NAMES.of(code);

/** Languages by their names, each with what its speakers call it. */
export const languageChoices = ({ language_list }) =>
  language_list.map(({ language, name, own_name }) => ({
    value: language,
    label: name === own_name ? name : `${name} · ${own_name}`,
  }));

export const CAPTION_NAMES = {
  off: "None",
  soft: "Subtitles (can be turned off)",
  clean: "Burned in",
  boxed: "Burned in, in a box",
};

const TRANSITION_NAMES = {
  none: "Hard cut",
  fade_black: "Through black",
  circle_open: "Opening circle",
  zoom_in: "Zoom in",
};
export const transitionName = (name) => TRANSITION_NAMES[name] ?? capital(name.replace("_", " "));

/** Radio buttons that look like a row of chips. `options` are {value, label, picture?}. */
export const Radios = ({ legend, name, value, options, onChange, className = "" }) => html`
  <fieldset class=${`choice ${className}`}>
    <legend>${legend}</legend>
    <div class="radios">
      ${options.map(
        (option) => html`
        <label key=${option.value} class="radio">
          <input type="radio" name=${name} value=${option.value} checked=${option.value === value}
            onChange=${() => onChange(option.value)} />
          <span>${option.picture}${option.label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;

export const Select = ({ label, value, options, onChange, ...more }) => html`
  <label class="choice"><span class="legend">${label}</span>
    <select value=${value} onChange=${({ target }) => onChange(target.value)} ...${more}>
      ${options.map(
        (option) => html`<option key=${option.value} value=${option.value}
        selected=${option.value === value}>${option.label}</option>`,
      )}
    </select>
  </label>`;

export const Switch = ({ label, hint, value, onChange }) => html`
  <label class="switch"><input type="checkbox" checked=${value} onChange=${({ target }) => onChange(target.checked)} />
    <span>${label}${hint && html`<small>${hint}</small>`}</span></label>`;

/** A rectangle of a film's shape. */
export function RatioPicture({ ratio }) {
  const [wide, high] = ratio.split(":").map(Number);
  const scale = 18 / Math.max(wide, high);
  return html`<i class="ratio" style=${{ width: `${wide * scale}px`, height: `${high * scale}px` }}></i>`;
}

/** Voices by their names, each with what it is like. */
export const voiceChoices = ({ voice_list }) =>
  voice_list.map(({ name, about }) => ({ value: name, label: `${name} · ${about}` }));

export const named = (values, names) => values.map((value) => ({ value, label: names[value] ?? value }));
