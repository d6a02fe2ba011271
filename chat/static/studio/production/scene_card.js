// One scene with its picture, its voice-over and its clip, each as it stands now.

import { Icon } from "../parts/icons.js";
import { KINDS } from "../words/kinds.js";
import { capital, kindOf, smallOf } from "../words/pieces.js";
import { html, useEffect, useMemo, useRef, useState } from "../preact.js";
import { Said } from "../parts/said.js";
import { PlaySound } from "../parts/sound.js";
import { STATES, stateOf } from "../words/scenes.js";
import { StateTag } from "../parts/state_tag.js";
import { Trouble } from "./trouble.js";

/** Drawn anew only when something of it has changed, however often the film is told about. */
export function SceneCard({ scene, picture, voice, lines, others, clip, pieces }) {
  return useMemo(
    () => html`
    <li class="scene-card" id=${`scene-${scene.id}`} tabindex="-1" aria-labelledby=${`scene-${scene.id}-title`}>
      <${Screen} scene=${scene} picture=${picture} clip=${clip} />
      <div class="scene-words">
        <h3 id=${`scene-${scene.id}-title`}><span class="number">${scene.index}</span>${scene.title}<small>
          ${scene.duration} s</small></h3>
        <${Said} scene=${scene} />
        <ul class="scene-pieces">
          <${Row} icon="picture" name="Picture" piece=${picture} />
          ${
            voice &&
            html`<${Row} icon="sound" name="Voice-over" piece=${voice}>
            ${voice.url && html`<${PlaySound} url=${voice.url} name=${`voice-over of scene ${scene.index}`} />`}
          <//>`
          }
          ${lines.map(
            (line, place) => html`<${LineRow} key=${line.component} line=${line} number=${place + 1}
            scene=${scene} />`,
          )}
          ${others.map((piece) => {
            const { icon, name } = KINDS[kindOf(piece.component)];
            return html`<${Row} key=${piece.component} icon=${icon} name=${capital(name)} piece=${piece} />`;
          })}
          <${Row} icon="camera" name="Clip" piece=${clip} />
        </ul>
        ${pieces
          .filter(({ status }) => status === "failed")
          .map((piece) => html`<${Trouble} key=${piece.component} piece=${piece} />`)}
      </div>
    </li>`,
    [scene, ...pieces],
  );
}

const LineRow = ({ line, number, scene }) => html`
  <${Row} icon="sound" name=${`Line ${number}`} piece=${line}>
    ${line.url && html`<${PlaySound} url=${line.url} name=${`voice of line ${number} of scene ${scene.index}`} />`}
  <//>`;

export const Row = ({ icon, name, piece, children }) => html`
  <li><${Icon} name=${icon} /><span>${name}</span>${children}<${StateTag} piece=${piece} /></li>`;

function Screen({ scene, picture, clip }) {
  const [plays, setPlays] = useState(false);
  const video = useRef(null);
  useEffect(() => video.current?.focus(), [plays]);
  const name = `scene ${scene.index}, ${scene.title}`;
  if (plays && clip?.url) {
    return html`<div class="screen"><video ref=${video} key=${clip.url} src=${clip.url} poster=${picture?.url} controls
      autoplay playsinline aria-label=${`Clip of ${name}`}></video></div>`;
  }
  return html`
    <div class="screen" data-state=${stateOf(picture)}>
      ${
        picture?.url
          ? html`<img src=${smallOf(picture)} alt=${`Picture of ${name}: ${scene.image_prompt}`.slice(0, 300)}
            loading="lazy" decoding="async" />`
          : html`<span class="bare"><${Icon} name=${stateOf(picture) === "failed" ? "warning" : "picture"} /><small>
            ${STATES[stateOf(picture)]}</small></span>`
      }
      ${
        clip?.url &&
        html`<button class="play-clip" aria-label=${`Play the clip of ${name}`} onClick=${() => setPlays(true)}>
          <${Icon} name="play" /></button>`
      }
    </div>`;
}
