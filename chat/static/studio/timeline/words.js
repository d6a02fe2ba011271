// The words and pauses of a narration, each a button that takes it out or lets it be heard again.

import { html } from "../preact.js";
import { isOut, withCut, withoutCut } from "./edits.js";

export function Words({ scene, voice, outline, act }) {
  if (!outline) return html`<p class="soft" aria-busy="true">The words are listened for …</p>`;
  if (!outline.words.length) return html`<p class="soft">No words can be heard in this voice.</p>`;
  const parts = inOrder(outline);
  const left = outline.pauses.filter((pause) => !isOut(pause, voice.cuts));
  const press = (part, isGone) =>
    act((content) => (isGone ? withoutCut : withCut)(content, scene, voice, roomy(part, parts)));
  const noPauses = () =>
    act((content) =>
      left.reduce((now, pause) => withCut(now, scene, { ...voice, cuts: cutsIn(now, scene) }, pause), content),
    );
  return html`
    <div class="timeline-words">
      <p id="timeline-words-said" class="soft">Press a word or a pause (·) to take it out of the voice; press again to
        hear it. Nothing is spoken anew.</p>
      <div role="group" aria-labelledby="timeline-words-said">
        ${parts.map((part) => {
          const isGone = isOut(part, voice.cuts);
          const name = part.text ?? `Pause of ${(part.to - part.from + 0.12).toFixed(1)} seconds`;
          return html`<button type="button" class="timeline-word" key=${part.from} aria-pressed=${isGone}
            data-pause=${part.text ? undefined : true} aria-label=${`Take out: ${name}`} title=${name}
            onClick=${() => press(part, isGone)}>${part.text ?? "·"}</button>`;
        })}
      </div>
      ${
        left.length > 0 &&
        html`<button class="button quiet small" onClick=${noPauses}>Take out ${
          left.length === 1 ? "the pause" : `all ${left.length} pauses`
        }</button>`
      }
    </div>`;
}

const cutsIn = (content, { scene_id: id }) => content.clips.find(({ scene }) => scene.id === id).scene.cuts ?? [];

const inOrder = ({ words, pauses }) => [...words, ...pauses].sort((one, other) => one.from - other.from);

/** A word goes with half of the short silence behind it, so that no gap is left where it was. */
function roomy(part, parts) {
  if (!part.text) return part;
  const next = parts.find(({ from }) => from >= part.to);
  return { from: part.from, to: next?.text ? Math.max(part.to, (part.to + next.from) / 2) : part.to };
}
