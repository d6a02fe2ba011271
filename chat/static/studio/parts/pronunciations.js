// How words and names are said: a list of a film or of an account, and a line to add one.

import { Icon } from "./icons.js";
import { html, useRef, useState } from "../preact.js";

const NOTHING = { written: "", said: "", ipa: "" };
const MOST_LETTERS = 80;
const soundOf = ({ said, ipa }) => [said, ipa && `/${ipa}/`].filter(Boolean).join(", ");

/** `onChange` is given the whole list and answers with something where it was taken. */
export function Pronunciations({ entries = [], onChange, children }) {
  const [fresh, setFresh] = useState(NOTHING);
  const first = useRef(null);
  const others = entries.filter(({ written }) => written.toLowerCase() !== fresh.written.trim().toLowerCase());
  const add = async (event) => {
    event.preventDefault();
    if (!(await onChange([...others, fresh]))) return;
    setFresh(NOTHING);
    first.current?.focus();
  };
  const field = (name, label, example, ref) => html`
    <label class="choice"><span class="legend">${label}</span>
      <input class="field" type="text" ref=${ref} value=${fresh[name]} placeholder=${example} maxlength=${MOST_LETTERS}
        onInput=${({ target }) => setFresh({ ...fresh, [name]: target.value })} /></label>`;
  const isComplete = fresh.written.trim() && (fresh.said.trim() || fresh.ipa.trim());
  return html`
    ${children}
    ${
      entries.length > 0 &&
      html`<ul class="said-list">${entries.map(
        (entry) => html`
        <li key=${entry.written}><span><b>${entry.written}</b> → ${soundOf(entry)}</span>
          <button type="button" class="button quiet small" aria-label=${`Say ${entry.written} as it is written again`}
            onClick=${() => onChange(entries.filter((one) => one !== entry))}><${Icon} name="close" /> Remove</button>
        </li>`,
      )}</ul>`
    }
    <form class="row said-form" onSubmit=${add}>
      ${field("written", "Word or name", "Köhler", first)}
      ${field("said", "Say it as", "KER-ler")}
      ${field("ipa", "In IPA, if you know it", "ˈkɜːlɚ")}
      <button class="button" disabled=${!isComplete}>Add</button>
    </form>`;
}
