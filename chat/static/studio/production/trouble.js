// Why a piece could not be made, and what can be done about it.

import { followed } from "../parts/links.js";
import { Icon } from "../parts/icons.js";
import { KINDS } from "../words/kinds.js";
import { capital, kindOf } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { address } from "../state/route.js";
import { heldUpBy, isRefused } from "../words/scenes.js";
import { useStudio } from "../use_studio.js";

const the = ({ component }) => `the ${KINDS[kindOf(component)].name}`;

export function Trouble({ piece }) {
  const {
    state: { film },
    studio,
  } = useStudio();
  const { message, details } = piece.error ?? { message: "It could not be made." };
  const [wasSoftened, setSoftened] = useState(false);
  const softer = kindOf(piece.component) === "scene" && details?.softened_prompt;
  const soften = async () => setSoftened(await studio.changeScene(placeOf(piece, film), { image_prompt: softer }));
  return html`
    <div class="trouble" role="group" aria-label=${`What to do about ${the(piece)}`}>
      <p><${Icon} name="warning" /><span><b>${capital(the(piece))}:</b> ${message}</span></p>
      <p class="trouble-actions">
        ${softer && !wasSoftened && html`<button class="button small" onClick=${soften}>Use softer words</button>`}
        ${details?.models && html`<${Retry} piece=${piece} film=${film} other=${details} />`}
        <${Retry} piece=${piece} film=${film} quiet=${isRefused(piece) || details?.models} />
        <${ToScript} film=${film} piece=${piece} studio=${studio} />
      </p>
      ${softer && !wasSoftened && html`<p class="soft">Softer words: “${softer}”</p>`}
    </div>`;
}

/** `other`: {model, models, credits} of another model than the chosen one. */
function Retry({ piece, film, quiet, other }) {
  const { studio } = useStudio();
  const [busy, setBusy] = useState(false);
  const pieces = heldUpBy(piece, film.components);
  const priceOf = (each) => (other && each === piece ? other.credits : each.credits);
  const credits = pieces.reduce((sum, each) => sum + priceOf(each), 0);
  const retry = async () => {
    setBusy(true);
    await studio.make({ credits, components: pieces.map(({ component }) => component), models: other?.models });
    setBusy(false);
  };
  const others = pieces.length - 1;
  const waiting = others ? ` and ${others} that wait${others === 1 ? "s" : ""} for it` : "";
  const what = `${the(piece)}${waiting}`;
  return html`<button class=${quiet ? "button quiet small" : "button small"} disabled=${busy || Boolean(film.run)}
    onClick=${retry}>${other ? `Make it with ${other.model}` : `Try again: ${what}`} · ${credits} credits</button>`;
}

function ToScript({ film, piece, studio }) {
  const route = { page: "film", taskId: film.id, stage: "script" };
  const go = (event) => {
    followed(event, studio, route);
    requestAnimationFrame(() =>
      document.getElementById(`scene-${piece.component.split("/")[1]}`)?.scrollIntoView({ block: "center" }),
    );
  };
  return html`<a class="button quiet small" href=${address(route)}
    onClick=${go}>Change ${KINDS[kindOf(piece.component)].words ?? "the description"}</a>`;
}

const placeOf = (piece, film) =>
  film.script.content.clips.find(({ scene }) => `scene/${scene.id}` === piece.component).scene.index;
