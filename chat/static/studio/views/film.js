// The finished film, to be watched and taken away.

import { html } from "../preact.js";

export function FilmView({ film }) {
  const { fullvideo, captions, animatic } = film.components;
  const shown = fullvideo?.take ? fullvideo : animatic;
  if (!shown?.take) {
    return html`<section class="empty"><h1>There is no film yet</h1><p>It appears here as soon as it is cut.</p></section>`;
  }
  return html`
    <section class="page" aria-labelledby="film-title">
      <h1 id="film-title">${film.title}</h1>
      <video class="player" key=${shown.url} src=${shown.url} poster=${film.components.poster?.url} controls preload="metadata">
        ${captions?.take && html`<track kind="captions" src=${captions.url} srclang=${film.settings.language} label="Captions" default />`}
      </video>
      <p><a class="button quiet" href=${shown.url} download>Download</a> <a class="button quiet" href=${`/api/v1/tasks/${film.id}/takeaway`}>Everything as a zip</a></p>
    </section>`;
}
