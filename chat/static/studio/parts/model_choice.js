// Below the tiers: which model makes each kind of piece, or a single one.

import { Select } from "./choices.js";
import { html } from "../preact.js";
import { KINDS } from "../words/kinds.js";

const MAKES = { image: "Pictures", motion: "Clips", voice: "Voice", music: "Music", script: "Script" };

/** The models that can make a piece of this kind; none where everything is made in one way. */
export const modelsFor = (options, kind) => options.models[madeByWhat(kind)] ?? [];

/** The name of the model that makes such a piece of the film as it is chosen now. */
const modelNow = (options, { tier, models = {} }, made, piece) =>
  models[piece] ?? models[made] ?? options.tiers.find(({ name }) => name === tier)?.models[made]?.model;

export const madeByWhat = (kind) => KINDS[kind]?.madeBy;

/** "5 credits", "2 credits a second", "8 credits and 1 a second" */
export function priced({ take, second }) {
  const each = second ? `${second} ${take ? "" : "credits "}a second` : "";
  const whole = take || !second ? `${take} ${take === 1 ? "credit" : "credits"}` : "";
  return [whole, each].filter(Boolean).join(" and ");
}

const labelled = (model) => `${model.name} · ${priced(model)}`;

/** One list for each kind of pieces that several models can make. */
export function ModelChoices({ options, settings, onChange }) {
  const kinds = Object.keys(MAKES).filter((made) => options.models[made]?.length > 1);
  if (!kinds.length) return null;
  const chosen = settings.models ?? {};
  const choose = (made) => (name) => {
    const { [made]: _before, ...others } = chosen;
    onChange({ models: name ? { ...others, [made]: name } : others });
  };
  const single = Object.entries(chosen).filter(([what]) => what.includes("/"));
  return html`
    <details class="model-choices">
      <summary>Models${Object.keys(chosen).length > 0 && ` (${Object.keys(chosen).length} chosen)`}</summary>
      <p class="soft">Who makes what is made from now on. What is there stays as it is.</p>
      <div class="row">
        ${kinds.map(
          (made) => html`<${Select} key=${made} label=${MAKES[made]} value=${chosen[made] ?? ""}
          options=${listed(options, settings, made)} onChange=${choose(made)} />`,
        )}
      </div>
      ${
        single.length > 0 &&
        html`<p class="soft">${counted(single.length)}
          <button type="button" class="link" onClick=${() => onChange({ models: withoutSingle(chosen) })}>
            Make them like the others</button></p>`
      }
    </details>`;
}

const counted = (pieces) =>
  pieces === 1 ? "One piece has a model of its own." : `${pieces} pieces have models of their own.`;

const withoutSingle = (chosen) => Object.fromEntries(Object.entries(chosen).filter(([what]) => !what.includes("/")));

function listed(options, { tier }, made) {
  const usual = modelNow(options, { tier }, made);
  const entries = options.models[made].map((model) => ({ value: model.name, label: labelled(model) }));
  return [{ value: "", label: usual ? `As the quality has it: ${usual}` : "As the quality has it" }, ...entries];
}

/** For one take of a piece; the first entry is what the film has chosen. */
export function PieceModel({ options, settings, piece, kind, value, onChange }) {
  const made = madeByWhat(kind);
  const now = modelNow(options, settings, made, piece);
  const entries = modelsFor(options, kind).map((model) => ({ value: model.name, label: labelled(model) }));
  if (entries.length < 2) return null;
  const choices = [{ value: "", label: `As the film has it${now ? `: ${now}` : ""}` }, ...entries];
  return html`<${Select} label="Made by" value=${value} options=${choices} onChange=${onChange} />`;
}
