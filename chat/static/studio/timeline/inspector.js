// The chosen scene on the timeline: where in its clip it begins, when its voice does, words and pauses, its music.

import { html } from "../preact.js";
import { scenesUnder } from "./bands.js";
import { withClipFrom, withMusic, withNarrationAt } from "./edits.js";
import { latestBegin, slowed } from "./layout.js";
import { Words } from "./words.js";

const said = (seconds) => `${seconds.toFixed(1)} s`;

export function Inspector({ timeline, chosen, sounds, act, film }) {
  const scene = timeline.scenes.find(({ scene_id: id }) => id === chosen) ?? timeline.scenes[0];
  const narration = scene.spoken.find(({ key }) => key.startsWith("audio/"));
  const place = timeline.music.findIndex(({ scene_indexes: places }) => places.includes(scene.index));
  const change = (edit) => act(edit, { soon: true });
  return html`
    <div class="timeline-inspector" role="group" aria-label=${`Scene ${scene.index} on the timeline`}>
      <h3><span class="number">${scene.index}</span>${scene.title}</h3>
      ${scene.clip && html`<${ClipPart} scene=${scene} change=${change} />`}
      ${
        scene.room > 0 &&
        html`<label class="timeline-field"><span>Voice begins later by <b>${said(scene.shift / 30)}</b></span>
          <input type="range" min="0" max=${scene.room} value=${scene.shift}
            onInput=${({ target }) =>
              change((content) => withNarrationAt(content, scene, Number(target.value)))} /></label>`
      }
      ${
        film.settings.music !== false &&
        timeline.music[place] &&
        !timeline.music[place].silent &&
        html`<${Fades} group=${timeline.music[place]} change=${(changes) =>
          change((content) => withMusic(content, place, changes))} />`
      }
      ${narration && html`<${Words} scene=${scene} voice=${narration} outline=${sounds[narration.key]} act=${act} />`}
    </div>`;
}

function ClipPart({ scene, change }) {
  const latest = Math.max(latestBegin(scene), scene.clip_from);
  const until = Math.min(scene.clip_from + (scene.frames + 16) / 30 / slowed(scene), scene.clip.length_s);
  return html`
    <label class="timeline-field"><span>Clip from <b>${said(scene.clip_from)}</b> to <b>${said(until)}</b> of ${said(
      scene.clip.length_s,
    )}${latest === 0 ? " · all of it is needed" : ""}</span>
      <input type="range" min="0" max=${latest} step="0.1" value=${scene.clip_from} disabled=${latest === 0}
        onInput=${({ target }) => change((content) => withClipFrom(content, scene, Number(target.value)))} /></label>`;
}

function Fades({ group, change }) {
  const { fade_in: begins = 0, fade_out: ends = 0 } = group;
  const field = (name, label, value) => html`
    <label class="timeline-field"><span>${label} <b>${value ? said(value) : "as usual"}</b></span>
      <input type="range" min="0" max="10" step="0.5" value=${value}
        aria-label=${`${label}, music of ${scenesUnder(group)}`}
        onInput=${({ target }) => change({ [name]: Number(target.value) })} /></label>`;
  return [field("fade_in", "Music fades in", begins), field("fade_out", "Music fades out", ends)];
}
