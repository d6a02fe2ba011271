// The bands of music and the captions on the strip.

import { Icon } from "../parts/icons.js";
import { html } from "../preact.js";
import { withMusic } from "./edits.js";

const placed = ({ start, frames }, whole) => ({
  left: `${(100 * start) / whole}%`,
  width: `${(100 * frames) / whole}%`,
});

export function Music({ timeline, film, act }) {
  if (film.settings.music === false) return null;
  return html`
    <div class="timeline-row music-row">
      ${timeline.music.map(
        (group, place) => html`<${Band} key=${group.scene_indexes.join()} group=${group} whole=${timeline.frames}
          change=${(changes) => act((content) => withMusic(content, place, changes))} />`,
      )}
    </div>`;
}

function Band({ group, whole, change }) {
  const { prompt, silent, muted = false, fade_in: begins = 0, fade_out: ends = 0, frames } = group;
  const under = scenesUnder(group);
  const wide = (seconds) => `${Math.min((100 * seconds * 30) / Math.max(frames, 1), 100)}%`;
  if (silent)
    return html`<div class="timeline-band" data-muted style=${placed(group, whole)}><span>No music</span></div>`;
  return html`
    <div class="timeline-band" data-muted=${muted || undefined} style=${placed(group, whole)}>
      ${begins > 0 && html`<i class="fade in" style=${{ width: wide(begins) }}></i>`}
      ${ends > 0 && html`<i class="fade out" style=${{ width: wide(ends) }}></i>`}
      <button class="icon-button" aria-pressed=${muted} aria-label=${`Mute the music of ${under}`}
        title=${muted ? "Let it be heard" : "Mute"} onClick=${() => change({ muted: !muted })}>
        <${Icon} name=${muted ? "close" : "music"} /></button>
      <span title=${prompt}>${muted ? "Muted" : prompt}</span>
    </div>`;
}

export const scenesUnder = ({ scene_indexes: places }) =>
  places.length > 1 ? `scenes ${places[0]} to ${places.at(-1)}` : `scene ${places[0]}`;

export function Captions({ timeline }) {
  if (!timeline.captions.length) return null;
  const whole = timeline.frames / timeline.fps;
  return html`
    <ol class="timeline-row captions-row" aria-label="Captions">
      ${timeline.captions.map(
        ({ from, to, lines }) => html`<li key=${from} title=${lines.join(" ")}
          style=${{ left: `${(100 * from) / whole}%`, width: `${(100 * (to - from)) / whole}%` }}>
          ${lines.join(" ")}</li>`,
      )}
    </ol>`;
}
