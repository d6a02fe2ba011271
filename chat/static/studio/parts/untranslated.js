// Words that stay as they are where a film is translated: a list of a film or of an account, and a line to add one.

import { Icon } from "./icons.js";
import { html, useRef, useState } from "../preact.js";

const MOST_LETTERS = 80;

/** `onChange` is given the whole list and answers with something where it was taken. */
export function Untranslated({ words = [], onChange, children }) {
  const [fresh, setFresh] = useState("");
  const field = useRef(null);
  const add = async (event) => {
    event.preventDefault();
    if (!(await onChange([...words.filter((word) => word !== fresh.trim()), fresh.trim()]))) return;
    setFresh("");
    field.current?.focus();
  };
  return html`
    ${children}
    ${
      words.length > 0 &&
      html`<ul class="said-list">${words.map(
        (word) => html`
        <li key=${word}><b>${word}</b>
          <button type="button" class="button quiet small" aria-label=${`Translate ${word} again`}
            onClick=${() => onChange(words.filter((one) => one !== word))}><${Icon} name="close" /> Remove</button>
        </li>`,
      )}</ul>`
    }
    <form class="row said-form" onSubmit=${add}>
      <label class="choice"><span class="legend">Word, name or slogan</span>
        <input class="field" type="text" ref=${field} value=${fresh} maxlength=${MOST_LETTERS}
          onInput=${({ target }) => setFresh(target.value)} /></label>
      <button class="button" disabled=${!fresh.trim()}>Add</button>
    </form>`;
}
