// Asks before scenes get other lengths, because the models that are chosen make clips of other lengths.

import { Question } from "../parts/dialog.js";
import { contentOf } from "../state/draft_state.js";
import { tierName } from "../parts/tier_choice.js";
import { html } from "../preact.js";
import { useStudio } from "../use_studio.js";

export function Retiming({ film }) {
  const { state, studio } = useStudio();
  const { changes, scenes } = state.retiming;
  const close = () => studio.dispatch({ type: "retiming", retiming: null });
  const agree = async () => {
    await studio.change({ ...changes, retime: true });
    close();
  };
  const one = scenes.length === 1;
  return html`
    <${Question} title=${changes.tier ? `Change to ${tierName(changes.tier)}?` : "Change the model?"} harmless
      yes="Change it" no="Keep it as it is" onYes=${agree} onNo=${close}>
      <p>Its clips have other lengths, so ${one ? "this scene changes" : `these ${scenes.length} scenes change`}:</p>
      <ul class="retimed">
        ${scenes.map(
          ({ scene, seconds, then }) =>
            html`<li key=${scene}><b>Scene ${scene}</b> lasts ${then} s instead of ${seconds} s</li>`,
        )}
      </ul>
      <p>${lastsThen(film, scenes)} Nothing is made before you have seen the new price.</p>
    <//>`;
}

function lastsThen(film, scenes) {
  const now = contentOf(film).expected_duration;
  const then = scenes.reduce((total, scene) => total + scene.then - scene.seconds, now);
  return then === now ? "" : `The scenes together last ${then} s instead of ${now} s.`;
}
