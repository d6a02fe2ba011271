// One more take of a piece, with what should be different, at a price that is known before.

import * as api from "../wire/api.js";
import { Dialog } from "../parts/dialog.js";
import { lasting } from "../words/figures.js";
import { kindOf } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";

const LONGEST = 2000;
const SUCH_AS = {
  scene: "at night, with snow",
  character: "older, with a red scarf",
  video: "a slow push towards the window",
  audio: "calmer, with a pause before the last words",
  line: "whispered, as if afraid",
  music: "quieter, without drums",
};

export function Regenerate({ piece, name, onClose }) {
  const {
    state: { film, credits },
    studio,
  } = useStudio();
  const [instructions, setInstructions] = useState("");
  const [price, setPrice] = useState(piece.credits);
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);

  const make = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const path = `${api.piece(film.id, piece.component)}/regenerate`;
      const quote = await api.post(path, { instructions: instructions.trim() });
      if (quote.credits !== price) {
        setPrice(quote.credits);
        return setProblem(
          `The price has changed: it is ${quote.credits} credits now. Press the button again to go on.`,
        );
      }
      await api.postOnce(path, { quote_id: quote.quote_id }, quote.quote_id);
      studio.lookAgain();
      return onClose();
    } catch (refused) {
      return setProblem(refused.message);
    } finally {
      setBusy(false);
    }
  };
  const missing = price - credits.balance;
  return html`
    <${Dialog} title=${`Another take: ${name.charAt(0).toLowerCase()}${name.slice(1)}`} onClose=${onClose}>
      <form class="regenerate" onSubmit=${make}>
        <label>What should be different? <span class="soft">(optional)</span>
          <textarea rows="3" maxlength=${LONGEST} autofocus value=${instructions}
            placeholder=${SUCH_AS[kindOf(piece.component)]} onInput=${({ target }) => setInstructions(target.value)}>
            </textarea>
        </label>
        <p class="soft">This is for one take; the script stays as it is. The take you have now
            is kept, and you can go back to it for nothing.</p>
        <p class="problem" role="alert">${
          problem || (missing > 0 ? `${missing} credits are missing: you have ${credits.balance}.` : "")
        }</p>
        <p class="dialog-actions">
          <span class="soft price-line">About ${lasting(Math.max(1, Math.round(piece.seconds)))}</span>
          <button type="button" class="button quiet" onClick=${onClose}>Not now</button>
          <button class="button" disabled=${isBusy || missing > 0}>
            ${isBusy ? "One moment …" : `Make it · ${price} credits`}</button>
        </p>
      </form>
    <//>`;
}
