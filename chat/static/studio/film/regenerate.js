// One more take of a piece, with what should be different, at a price that is known before.

import * as api from "../wire/api.js";
import { Dialog } from "../parts/dialog.js";
import { lasting } from "../words/figures.js";
import { kindOf } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { madeByWhat, modelsFor, PieceModel } from "../parts/model_choice.js";
import { pricesIn, TierSelect } from "../parts/tier_choice.js";
import { useStudio } from "../use_studio.js";

const LONGEST = 2000;
const modelOf = (tiers, tier, kind) => {
  const model = tiers.find(({ name }) => name === tier)?.models[madeByWhat(kind)]?.model;
  return model ? `It is made by ${model}.` : "";
};

/** About what the piece costs in another quality: as much dearer, or cheaper, as one piece of its kind. */
function creditsIn(options, { chosen, tier }, piece) {
  const row = (name) => pricesIn(options, name).find(({ component }) => component === kindOf(piece.component));
  const [now, then] = [row(chosen)?.credits, row(tier)?.credits];
  return now && then ? Math.round((piece.credits * then) / now) : piece.credits;
}

/** Of one piece by a model that is named: a clip's by the length of its scene. */
function creditsBy(options, { film, model }, piece) {
  const then = modelsFor(options, kindOf(piece.component)).find(({ name }) => name === model);
  const seen = film.script.content.clips.find(({ scene }) => piece.component === `video/${scene.id}`);
  return then ? then.take + then.second * (seen?.scene.duration ?? 0) : piece.credits;
}

const SUCH_AS = {
  scene: "at night, with snow",
  character: "older, with a red scarf",
  video: "a slow push towards the window",
  audio: "calmer, with a pause before the last words",
  line: "whispered, as if afraid",
  music: "quieter, without drums",
};

export function Regenerate({ piece, name, onClose, choosesTier = false }) {
  const {
    state: { film, credits, options },
    studio,
  } = useStudio();
  const others = choosesTier ? options.tiers.filter(({ name: tier }) => tier !== film.settings.tier) : [];
  const [tier, setTier] = useState(others[0]?.name);
  const [instructions, setInstructions] = useState("");
  const priceOf = (name) =>
    name ? creditsIn(options, { chosen: film.settings.tier, tier: name }, piece) : piece.credits;
  const [price, setPrice] = useState(priceOf(tier));
  const [model, setModel] = useState("");
  const chooseModel = (name) => {
    setModel(name);
    setPrice(name ? creditsBy(options, { film, model: name }, piece) : priceOf(tier));
  };
  const chooseTier = (name) => {
    setTier(name);
    setPrice(priceOf(name));
  };
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);

  const make = async (event) => {
    event.preventDefault();
    setBusy(true);
    try {
      const path = `${api.piece(film.id, piece.component)}/regenerate`;
      const quote = await api.post(path, {
        instructions: instructions.trim(),
        ...(tier && { tier }),
        ...(model && { models: { [piece.component]: model } }),
      });
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
        ${
          others.length > 0 &&
          html`<${TierSelect} options=${{ tiers: others }} value=${tier} onChange=${chooseTier} evenOne />
            <p class="soft">${modelOf(others, tier, kindOf(piece.component))}</p>`
        }
        ${
          options &&
          !others.length &&
          html`<${PieceModel} options=${options} settings=${film.settings} piece=${piece.component}
            kind=${kindOf(piece.component)} value=${model} onChange=${chooseModel} />`
        }
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
