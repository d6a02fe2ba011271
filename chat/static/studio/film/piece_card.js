// One piece of a scene: what it looks or sounds like, how it stands, and what can be done with it.

import { capital, ownName, smallOf } from "../words/pieces.js";
import { html } from "../preact.js";
import { StateTag } from "../parts/state_tag.js";
import { useOwnMaterial } from "./own_material.js";
import { PieceActions } from "./piece_actions.js";
import { Preview } from "./preview.js";

export function PieceCard({ piece, name, prompt }) {
  const own = useOwnMaterial(piece);
  const take =
    piece.take && html`<span class="soft">Take ${piece.take}${piece.takes > 1 ? ` of ${piece.takes}` : ""}</span>`;
  return html`
    <li class="piece-card" ...${own.dropTarget}>
      <${Preview} piece=${piece} url=${piece.url} small=${smallOf(piece)} name=${name} />
      <div class="piece-words">
        <h3>${name}</h3>
        <p class="piece-stand"><${StateTag} piece=${piece} />${take}</p>
        <p class="piece-prompt">${piece.own_file == null ? prompt : capital(ownName(piece, piece.own_file))}</p>
        <${PieceActions} piece=${piece} name=${name} own=${own} />
      </div>
    </li>`;
}
