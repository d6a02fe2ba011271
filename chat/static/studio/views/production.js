// What is being made, piece by piece, while it is being made.

import { Playable } from "../parts/playable.js";
import { html, useMemo } from "../preact.js";
import { Characters, CutPieces, Music } from "../production/beside.js";
import { Filmstrip } from "../production/filmstrip.js";
import { Overall } from "../production/overall.js";
import { SceneCard } from "../production/scene_card.js";
import { scenesOf } from "../words/scenes.js";

export function ProductionView({ film }) {
  const { script, components } = film;
  const pieces = useMemo(() => script && html`<${Pieces} film=${film} />`, [script, components, film.run?.id]);
  return html`
    <section class="page production" aria-labelledby="production-title">
      <h1 id="production-title" class="unseen">Production of ${film.title || "the film"}</h1>
      <${Overall} film=${film} />
      ${pieces || html`<div class="bone"></div><div class="bone"></div>`}
    </section>`;
}

function Pieces({ film }) {
  const scenes = scenesOf(film);
  return html`
    <${Filmstrip} scenes=${scenes} />
    <${FirstLook} film=${film} />
    <section aria-labelledby="scenes-title">
      <h2 id="scenes-title" class="unseen">Scenes</h2>
      <ol class="scene-cards">${scenes.map((place) => html`<${SceneCard} key=${place.scene.id} ...${place} />`)}</ol>
    </section>
    <${Characters} film=${film} />
    <${Music} film=${film} />
    <${CutPieces} components=${film.components} />`;
}

/** Until there is a film, its draft: the stills with their sound. */
function FirstLook({ film: { components, settings } }) {
  const { animatic, fullvideo, captions } = components;
  if (!animatic?.url || fullvideo?.take) return null;
  return html`
    <section class="first-look" aria-labelledby="first-look-title">
      <div>
        <h2 id="first-look-title">First look</h2>
        <p class="soft">All pictures with their voice-overs and music, cut as the film will be. The clips
          take their place as they arrive.</p>
      </div>
      <div class="first-look-screen">
        <${Playable} key=${animatic.url} src=${animatic.url} name="the first look">
          ${
            captions?.url &&
            html`<track kind="captions" src=${captions.url} srclang=${settings.language} label="Captions"
              default=${settings.captions === "soft"} />`
          }
        <//>
      </div>
    </section>`;
}
