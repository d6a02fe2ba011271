// Some scenes in a better quality, or by another model: their pictures and clips, at a price that is known before.

import { Shared } from "../family/shared.js";
import { Dialog } from "../parts/dialog.js";
import { listed } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { modelsFor, priced } from "../parts/model_choice.js";
import { TierSelect } from "../parts/tier_choice.js";
import { Select } from "../parts/choices.js";
import { Icon } from "../parts/icons.js";
import { scenesOf } from "../words/scenes.js";
import { useStudio } from "../use_studio.js";
import { usePiecesPrice } from "./use_pieces_price.js";

/** A button that opens it; nothing where everything is made in one way. */
export function Upgrade({ film }) {
  const { state } = useStudio();
  const [isOpen, setOpen] = useState(false);
  if (!state.options || (state.options.tiers.length < 2 && modelsFor(state.options, "video").length < 2)) return null;
  return html`<button class="button quiet" disabled=${Boolean(film.run)} onClick=${() => setOpen(true)}>
    <${Icon} name="retry" />Upgrade scenes</button>
    ${isOpen && html`<${UpgradeDialog} film=${film} options=${state.options} onClose=${() => setOpen(false)} />`}`;
}

function UpgradeDialog({ film, options, onClose }) {
  const { state, studio } = useStudio();
  const [scenes, setScenes] = useState([]);
  const [tier, setTier] = useState(options.tiers.at(-1).name);
  const [model, setModel] = useState("");
  const wanted = { scenes, tier, ...(model && { models: { motion: model } }) };
  const { price, problem } = usePiecesPrice(film, scenes.length > 0 && wanted);
  const toggle = (place) =>
    setScenes((now) => (now.includes(place) ? now.filter((one) => one !== place) : [...now, place].sort(byPlace)));
  const missing = price ? price.credits - state.credits.balance : 0;
  const make = async () => {
    await studio.makeBetter(wanted, price.credits);
    onClose();
  };
  return html`
    <${Dialog} title="Upgrade scenes" onClose=${onClose}>
      <div class="dialog-words upgrade">
        <p>Their pictures and clips are made again by better models. The narration, the music and the takes you have
          now are kept.</p>
        <fieldset class="choice"><legend>Scenes</legend>
          <div class="radios">
            ${scenesOf(film).map(
              ({ scene }) => html`<label key=${scene.id} class="radio">
                <input type="checkbox" checked=${scenes.includes(scene.index)} onChange=${() => toggle(scene.index)} />
                <span>${scene.index}<span class="unseen"> ${scene.title}</span></span></label>`,
            )}
          </div>
        </fieldset>
        <div class="row">
          <${TierSelect} options=${options} value=${tier} onChange=${setTier} />
          <${Select} label="Clips by" value=${model} onChange=${setModel} options=${[
            { value: "", label: "The quality's own model" },
            ...modelsFor(options, "video").map((one) => ({ value: one.name, label: `${one.name} · ${priced(one)}` })),
          ]} />
        </div>
        <p class="upgrade-price" role="status">${told(scenes, price)}</p>
        ${price?.items.length > 0 && html`<p><${Shared} price=${price} /></p>`}
        <p class="problem" role="alert">${
          problem || (missing > 0 ? `${missing} credits are missing: you have ${state.credits.balance}.` : "")
        }</p>
      </div>
      <p class="dialog-actions">
        <button type="button" class="button quiet" onClick=${onClose}>Not now</button>
        <button class="button" disabled=${!price?.items.length || missing > 0} onClick=${make}>
          ${price?.items.length ? `Make them · ${price.credits} credits` : "Make them"}</button>
      </p>
    <//>`;
}

const byPlace = (one, other) => one - other;

function told(scenes, price) {
  if (!scenes.length) return "Choose the scenes that should be better.";
  if (!price) return "The price is being worked out …";
  return price.items.length ? `${listed(price.items)}.` : "All of it is made by these models already.";
}
