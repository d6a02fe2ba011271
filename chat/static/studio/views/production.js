// What is being made: each piece and how it stands.

import { Progress } from "../progress.js";
import { capital, counted, generated, pieceName } from "../pieces.js";
import { html } from "../preact.js";

export function ProductionView({ film }) {
  const pieces = generated(film.components);
  const counts = Object.entries(counted(film.components)).filter(([, count]) => count);
  return html`
    <section class="page" aria-labelledby="production-title">
      <h1 id="production-title">Production</h1>
      <${Progress} film=${film} />
      <p class="soft">${counts.map(([status, count]) => `${count} ${status}`).join(" · ")}</p>
      <ul class="piece-list">
        ${pieces.map((piece) => html`
          <li key=${piece.component} data-status=${piece.status}>
            <span>${pieceName(piece.component, film.script?.content)}</span>
            <span class="tag">${piece.stale ? "Stale" : capital(piece.status)}</span>
            ${piece.error && html`<small class="problem">${piece.error.message}</small>`}
          </li>`)}
      </ul>
    </section>`;
}
