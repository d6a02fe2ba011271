// What lies between two scenes: how one becomes the other, and what can be put in between.

import { Icon } from "../icons.js";
import { transitionName } from "../choices.js";
import { html } from "../preact.js";
import { withChanges } from "../script_edits.js";
import { useStudio } from "../use_studio.js";

export function Transition({ scene, edit, canAdd, add, split }) {
  const { state } = useStudio();
  const known = state.options?.transitions ?? [scene.transition];
  if (scene.index === 1) return html`<div class="between first"><${Insert} canAdd=${canAdd} add=${add} before=${1} /></div>`;
  return html`
    <div class="between">
      <label class="transition"><span class="unseen">Transition into scene ${scene.index}</span>
        <select value=${scene.transition} onChange=${({ target }) => edit((now) => withChanges(now, scene.index, { transition: target.value }))}>
          ${known.map((name) => html`<option key=${name} value=${name} selected=${name === scene.transition}>${transitionName(name)}</option>`)}
        </select></label>
      <${Insert} canAdd=${canAdd} add=${add} before=${scene.index} />
      ${split && html`<button class="icon-button" title="Other music from here on" aria-label=${`Other music from scene ${scene.index} on`} onClick=${split}><${Icon} name="music" /></button>`}
    </div>`;
}

const Insert = ({ canAdd, add, before }) => html`
  <button class="icon-button" disabled=${!canAdd} title="Insert a scene here" aria-label=${`Insert a scene before scene ${before}`} onClick=${add}><${Icon} name="plus" /></button>`;
