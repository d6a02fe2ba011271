// The scenes as wide as they are long; the borders between them can be dragged.

import { html } from "../preact.js";
import { borderRoom, withBorder } from "./edits.js";
import { Dragged } from "./slider.js";

const seconds = (frames) => `${(frames / 30).toFixed(1)} s`;

export function Scenes({ timeline, chosen, choose, act, perFrame, setPending }) {
  const { scenes, frames } = timeline;
  const left = (frame) => `${(100 * frame) / frames}%`;
  return html`
    <div class="timeline-row scenes-row">
      ${scenes.map(
        (scene) => html`
        <button type="button" key=${scene.scene_id} class="timeline-scene" aria-pressed=${scene.scene_id === chosen}
          style=${{ left: left(scene.start), width: left(scene.frames) }} onClick=${() => choose(scene.scene_id)}
          aria-label=${`Scene ${scene.index}, ${scene.title}, ${seconds(scene.frames)}`}>
          ${scene.picture && html`<img src=${scene.picture.thumbnail_url} alt="" draggable=${false} />`}
          <span><b>${scene.index}</b> ${scene.title}</span></button>`,
      )}
      ${scenes.map((scene, place) => {
        const room = borderRoom(timeline, place);
        const next = scenes[place + 1];
        const label = next ? `Border between scenes ${scene.index} and ${next.index}` : "End of the last scene";
        const text = `Scene ${scene.index} lasts ${scene.frames} frames, ${seconds(scene.frames)}`;
        return html`
          <${Dragged} key=${`border ${scene.scene_id}`} class="timeline-border" label=${label} text=${text}
            now=${scene.frames} room=${room} perFrame=${perFrame} style=${{ left: left(scene.start + scene.frames) }}
            onMove=${(by) => setPending(by ? { place, by } : null)}
            onEnd=${(by, how) =>
              by ? act((content) => withBorder(content, timeline, place, by), how) : setPending(null)} />`;
      })}
    </div>`;
}
