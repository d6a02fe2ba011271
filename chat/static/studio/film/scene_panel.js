// One scene of the film and its pieces: each can be made anew, replaced by one's own, or go back to an earlier take.

import { kindOf, pieceName } from "../words/pieces.js";
import { html } from "../preact.js";
import { charactersOf, musicAt } from "../words/scenes.js";
import { Said } from "../parts/said.js";
import { PieceCard } from "./piece_card.js";

export function ScenePanel({ film, place }) {
  const { scene, picture, voice, lines, others, clip } = place;
  const script = film.script.content;
  const characters = charactersOf(film).filter(({ component }) =>
    scene.characters.some((name) => pieceName(component, script) === `Character ${name}`),
  );
  const pieces = [picture, clip, voice, ...lines, ...others, musicAt(film, scene.index), ...characters].filter(Boolean);
  return html`
    <section class="scene-panel" aria-labelledby="scene-panel-title">
      <header>
        <h2 id="scene-panel-title"><span class="number">${scene.index}</span>${scene.title}</h2>
        <${Said} scene=${scene} />
      </header>
      <ul class="piece-cards">
        ${pieces.map(
          (piece) => html`<${PieceCard} key=${piece.component} piece=${piece}
          name=${pieceName(piece.component, script)} prompt=${asked(piece, scene, script)} />`,
        )}
      </ul>
    </section>`;
}

/** What the script asks for. */
function asked({ component }, scene, script) {
  const kind = kindOf(component);
  if (kind === "character")
    return (
      script.character_profiles.find(({ name }) => pieceName(component, script) === `Character ${name}`)
        ?.image_prompt ?? ""
    );
  if (kind === "music")
    return script.music.find(({ scene_indexes: places }) => places.includes(scene.index))?.prompt ?? "";
  if (kind === "line") {
    const { speaker, text } = scene.lines[Number(component.split("/")[2]) - 1];
    return `${speaker || "Narrator"}: ${text}`;
  }
  return { scene: scene.image_prompt, video: scene.video_prompt, audio: scene.script }[kind];
}
