// What is spoken: its outline where it is heard. The first voice of a scene can be moved within the scene.

import { html, useState } from "../preact.js";
import { withNarrationAt } from "./edits.js";
import { Dragged } from "./slider.js";
import { Waveform } from "./waveform.js";

export function Voices({ timeline, sounds, act, perFrame }) {
  if (!timeline.scenes.some(({ spoken }) => spoken.length)) return null;
  return html`
    <div class="timeline-row voices-row">
      ${timeline.scenes.flatMap((scene) =>
        scene.spoken
          .filter(({ frames }) => frames)
          .map(
            (voice, place) => html`<${Voice} key=${voice.key} voice=${voice} scene=${scene} first=${place === 0}
              outline=${sounds[voice.key]} whole=${timeline.frames} act=${act} perFrame=${perFrame} />`,
          ),
      )}
    </div>`;
}

function Voice({ voice, scene, first, outline, whole, act, perFrame }) {
  const [by, setBy] = useState(0);
  const style = { left: `${(100 * (voice.start + by)) / whole}%`, width: `${(100 * voice.frames) / whole}%` };
  const wave = html`<${Waveform} voice=${voice} outline=${outline} />`;
  if (!first || !scene.room) return html`<div class="timeline-voice" style=${style}>${wave}</div>`;
  const end = (moved, how) => {
    setBy(0);
    if (moved) act((content) => withNarrationAt(content, scene, scene.shift + moved), how);
  };
  return html`
    <${Dragged} class="timeline-voice" label=${`Voice of scene ${scene.index}`} now=${scene.shift}
      text=${`Begins ${(scene.shift / 30).toFixed(1)} s later than usual`}
      room=${[-scene.shift, scene.room - scene.shift]}
      perFrame=${perFrame} style=${style} onMove=${setBy} onEnd=${end}>${wave}<//>`;
}
