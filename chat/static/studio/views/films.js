// All films of a user, newest first.

import * as api from "../api.js";
import { followed } from "../header.js";
import { html, useEffect, useState } from "../preact.js";
import { address } from "../route.js";
import { useStudio } from "../use_studio.js";

export function FilmsView() {
  const { studio } = useStudio();
  const [films, setFilms] = useState(null);
  const [problem, setProblem] = useState("");
  useEffect(() => void api.getAll("tasks").then(setFilms, ({ message }) => setProblem(message)), []);
  if (problem) return html`<section class="empty" role="alert"><h1>Your films cannot be listed</h1><p>${problem}</p></section>`;
  if (!films) return html`<section class="loading" aria-busy="true" aria-label="Your films are being listed"><div class="bone wide"></div></section>`;
  if (!films.length) return html`<section class="empty"><h1>No films yet</h1><p><a class="button" href="/">Make the first one</a></p></section>`;
  return html`
    <section class="page" aria-labelledby="films-title">
      <h1 id="films-title">My films</h1>
      <ul class="film-grid">
        ${films.map((film) => {
          const route = { page: "film", taskId: film.id };
          return html`
            <li key=${film.id}><a href=${address(route)} onClick=${(event) => followed(event, studio, route)}>
              ${film.poster ? html`<img src=${film.poster.url} alt="" loading="lazy" />` : html`<span class="no-poster"></span>`}
              <b>${film.title || film.prompt}</b><small>${film.status}</small>
            </a></li>`;
        })}
      </ul>
    </section>`;
}
