// One more take of a piece, with what should be different, at a price that is known before.

import * as api from "../wire/api.js";
import { Shared } from "../family/shared.js";
import { Dialog } from "../parts/dialog.js";
import { lasting } from "../words/figures.js";
import { KINDS } from "../words/kinds.js";
import { kindOf } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { madeByWhat, PieceModel } from "../parts/model_choice.js";
import { TierSelect } from "../parts/tier_choice.js";
import { useStudio } from "../use_studio.js";
import { usePiecesPrice } from "./use_pieces_price.js";

const LONGEST = 2000;
const modelOf = (tiers, tier, kind) => {
  const model = tiers.find(({ name }) => name === tier)?.models[madeByWhat(kind)]?.model;
  return model ? `It is made by ${model}.` : "";
};

/** What was made of the piece before is not made anew with it: what that costs is said before anything is paid. */
function Follows({ film, piece }) {
  const [kind, scene] = piece.component.split("/");
  const made = film.components[`${KINDS[kind].madeInto}/${scene}`];
  if (!made?.take) return null;
  const { name } = KINDS[KINDS[kind].madeInto];
  return html`
    <p class="soft">The ${name} stays as it is until you update it too: ${made.credits} credits more.</p>`;
}

export function Regenerate({ piece, name, onClose, choosesTier = false }) {
  const {
    state: { film, credits, options },
    studio,
  } = useStudio();
  const others = choosesTier ? options.tiers.filter(({ name: tier }) => tier !== film.settings.tier) : [];
  const [tier, setTier] = useState(others[0]?.name);
  const [instructions, setInstructions] = useState("");
  const [model, setModel] = useState("");
  const by = { ...(tier && { tier }), ...(model && { models: { [piece.component]: model } }) };
  const asked = usePiecesPrice(film, { components: [piece.component], ...by });
  const [changed, setChanged] = useState(null);
  const price = changed ?? asked.price?.credits;
  const seconds = asked.price?.items[0]?.seconds ?? piece.seconds;
  const choose = (set) => (name) => {
    setChanged(null);
    set(name);
  };
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);

  const make = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const path = `${api.piece(film.id, piece.component)}/regenerate`;
      const quote = await api.post(path, { instructions: instructions.trim(), ...by });
      if (quote.credits !== price) {
        setChanged(quote.credits);
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
  const missing = price === undefined ? 0 : price - credits.balance;
  return html`
    <${Dialog} title=${`Another take: ${name.charAt(0).toLowerCase()}${name.slice(1)}`} onClose=${onClose}>
      <form class="regenerate" onSubmit=${make}>
        <label>What should be different? <span class="soft">(optional)</span>
          <textarea rows="3" maxlength=${LONGEST} autofocus value=${instructions}
            placeholder=${KINDS[kindOf(piece.component)].suchAs}
            onInput=${({ target }) => setInstructions(target.value)}>
            </textarea>
        </label>
        ${
          others.length > 0 &&
          html`<${TierSelect} options=${{ tiers: others }} value=${tier} onChange=${choose(setTier)} evenOne />
            <p class="soft">${modelOf(others, tier, kindOf(piece.component))}</p>`
        }
        ${
          options &&
          !others.length &&
          html`<${PieceModel} options=${options} settings=${film.settings} piece=${piece.component}
            kind=${kindOf(piece.component)} value=${model} onChange=${choose(setModel)} />`
        }
        <p class="soft">This is for one take; the script stays as it is. The take you have now
            is kept, and you can go back to it for nothing.</p>
        <${Follows} film=${film} piece=${piece} />
        ${asked.price?.shares && html`<p><${Shared} price=${asked.price} /></p>`}
        <p class="problem" role="alert">${
          problem ||
          asked.problem ||
          (missing > 0 ? `${missing} credits are missing: you have ${credits.balance}.` : "")
        }</p>
        <p class="dialog-actions">
          <span class="soft price-line">About ${lasting(Math.max(1, Math.round(seconds)))}</span>
          <button type="button" class="button quiet" onClick=${onClose}>Not now</button>
          <button class="button" disabled=${isBusy || price === undefined || missing > 0}>
            ${isBusy || price === undefined ? "One moment …" : `Make it · ${price} credits`}</button>
        </p>
      </form>
    <//>`;
}
