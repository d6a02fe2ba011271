// What belongs to several scenes: characters, music, and the pieces that are cut from everything.

import { html } from "../preact.js";
import { capital, kindOf, pieceName, smallOf } from "../words/pieces.js";
import { PlaySound } from "../parts/sound.js";
import { charactersOf, musicOf } from "../words/scenes.js";
import { StateTag } from "../parts/state_tag.js";
import { Trouble } from "./trouble.js";

export function Characters({ film }) {
  const characters = charactersOf(film);
  if (!characters.length) return null;
  return html`
    <section class="beside" aria-labelledby="characters-title">
      <h2 id="characters-title">Characters</h2>
      <ul class="cast">
        ${characters.map(
          (piece) => html`<${Character} key=${piece.component} piece=${piece}
          script=${film.script.content} />`,
        )}</ul>
    </section>`;
}

function Character({ piece, script }) {
  const name = pieceName(piece.component, script).replace("Character ", "");
  return html`
    <li>
      ${
        piece.url
          ? html`<img src=${smallOf(piece)} alt=${`Portrait of ${name}`} loading="lazy" decoding="async" />`
          : html`<span class="bare" data-state=${piece.status}></span>`
      }
      <p><b>${name}</b><${StateTag} piece=${piece} /></p>
      ${piece.status === "failed" && html`<${Trouble} piece=${piece} />`}
    </li>`;
}

export function Music({ film }) {
  const music = musicOf(film);
  if (!music.length) return null;
  return html`
    <section class="beside" aria-labelledby="music-title">
      <h2 id="music-title">Music</h2>
      <ul class="bands">
        ${music.map(({ piece, prompt, first, last }) => {
          const where = first === last ? `scene ${first}` : `scenes ${first} to ${last}`;
          return html`
            <li key=${piece.component}>
              ${
                piece.url
                  ? html`<${PlaySound} url=${piece.url} name=${`music of ${where}`} />`
                  : html`<span class="play-sound" data-off></span>`
              }
              <p><b>${capital(where)}</b><span class="soft">${prompt}</span></p>
              <${StateTag} piece=${piece} />
              ${piece.status === "failed" && html`<${Trouble} piece=${piece} />`}
            </li>`;
        })}
      </ul>
    </section>`;
}

const CUT = {
  segment: "scenes cut",
  transition: "transitions",
  soundtrack: "sound",
  captions: "captions",
  fullvideo: "film",
};

/** They cost nothing and follow by themselves, so they are folded away. */
export function CutPieces({ components }) {
  const found = Object.values(components).filter(({ component }) => kindOf(component) in CUT);
  const isDone = ({ status, stale }) => status === "ready" && !stale;
  return html`
    <details class="cut">
      <summary>The cut: ${found.filter(isDone).length} of ${found.length} parts are ready</summary>
      <ul>
        ${Object.entries(CUT).map(([kind, name]) => {
          const parts = found.filter(({ component }) => kindOf(component) === kind);
          return (
            parts.length > 0 &&
            html`<li key=${kind}><span>${capital(name)}</span><b>${parts.filter(isDone).length} of ${parts.length}</b>
            </li>`
          );
        })}
      </ul>
    </details>`;
}
