// Says where a choice below the text is another than the text's, and lets the text have its way.

import { CAPTION_NAMES, RATIO_NAMES, languageName } from "../parts/choices.js";
import { html } from "../preact.js";

const ON_OFF = { voice_over: "a voice-over", music: "music", character_consistency: "the same characters throughout" };
const SAID = {
  duration: (value) => `${value} s`,
  aspect_ratio: (value) => `${RATIO_NAMES[value] ?? ""} ${value}`.trim(),
  language: languageName,
  captions: (value) => `captions “${CAPTION_NAMES[value] ?? value}”`,
};

function words(name, value) {
  if (ON_OFF[name]) return value ? ON_OFF[name] : `no ${ON_OFF[name].replace(/^(?:a|the) /, "")}`;
  return SAID[name]?.(value) ?? value;
}

/** `settings` are [name, said, chosen]. */
export function Overruled({ settings, choose }) {
  if (!settings.length) return null;
  const text = settings.map(([name, said]) => words(name, said)).join(", ");
  const below = settings.map(([name, , chosen]) => words(name, chosen)).join(", ");
  return html`
    <p class="soft" role="status">Your text says ${text}; chosen below is ${below}.
      <button type="button" class="link"
        onClick=${() => choose(Object.fromEntries(settings.map(([name]) => [name, undefined])))}>Do as my text
        says</button></p>`;
}
