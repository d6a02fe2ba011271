// What lies between two scenes: how one becomes the other, and what can be put in between.

import { Icon } from "../parts/icons.js";
import { transitionName } from "../parts/choices.js";
import { html } from "../preact.js";
import { withChanges } from "./edits.js";
import { useStudio } from "../use_studio.js";

export function Transition({ scene, edit, canAdd, add, split }) {
  const { state } = useStudio();
  const known = state.options?.transitions ?? [scene.transition];
  if (scene.index === 1)
    return html`<div class="between first"><${Insert} canAdd=${canAdd} add=${add} before=${1} /></div>`;
  return html`
    <div class="between">
      <label class="transition"><span class="unseen">Transition into scene ${scene.index}</span>
        <select value=${scene.transition}
          onChange=${({ target }) => edit((now) => withChanges(now, scene.index, { transition: target.value }))}>
          ${known.map(
            (name) => html`<option key=${name} value=${name} selected=${name === scene.transition}>
            ${transitionName(name)}</option>`,
          )}
        </select></label>
      <${Insert} canAdd=${canAdd} add=${add} before=${scene.index} />
      ${
        split &&
        html`<button class="link" aria-label=${`Other music from here on, from scene ${scene.index}`}
        onClick=${split}><${Icon} name="music" /> Other music from here on</button>`
      }
    </div>`;
}

const Insert = ({ canAdd, add, before }) => html`
  <button class="link" disabled=${!canAdd} aria-label=${`Scene here, before scene ${before}`} onClick=${add}>
    <${Icon} name="plus" /> Scene here</button>`;
