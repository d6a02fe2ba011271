// The film as a strip: each scene as wide as it is long, its picture as soon as it is there.

import { smallOf } from "../words/pieces.js";
import { html, useMemo } from "../preact.js";
import { clock, STATES, stateOf } from "../words/scenes.js";

export function Filmstrip({ scenes }) {
  const end = scenes.reduce((sum, { scene }) => sum + scene.duration, 0);
  return html`
    <nav class="strip" aria-label="Scenes of the film">
      <ol>
        ${scenes.map((place) => html`<${Frame} key=${place.scene.id} ...${place} />`)}
        <li class="strip-end"><small>${clock(end)}</small></li>
      </ol>
    </nav>`;
}

function Frame({ scene, start, picture, pieces }) {
  return useMemo(
    () => html`
    <li class="frame" style=${{ flexGrow: scene.duration, flexBasis: `${scene.duration * 0.8}rem` }}>
      <a href=${`#scene-${scene.id}`} data-state=${worst(pieces)} onClick=${goTo}
        aria-label=${`Scene ${scene.index}, ${scene.title}, from ${clock(start)}: ${STATES[
          worst(pieces)
        ].toLowerCase()}`}>
        ${
          picture?.url
            ? html`<img src=${smallOf(picture)} alt="" loading="lazy" decoding="async" />`
            : html`<span class="bare"></span>`
        }
        <b>${scene.index}</b>
      </a>
      <small>${clock(start)}</small>
    </li>`,
    [scene, start, ...pieces],
  );
}

/** The one that says most about a scene. */
function worst(pieces) {
  const found = new Set(pieces.map(stateOf));
  return ["failed", "making", "blocked", "stale", "queued", "missing"].find((state) => found.has(state)) ?? "ready";
}

/** Without an address of its own: going back leads to where one came from. */
function goTo(event) {
  event.preventDefault();
  const card = document.getElementById(event.currentTarget.hash.slice(1));
  card.scrollIntoView({ block: "center" });
  card.focus({ preventScroll: true });
}
