// The script as it is now.

import { listed } from "../pieces.js";
import { html } from "../preact.js";
import { useStudio } from "../use_studio.js";

export function ScriptView({ film }) {
  const { studio } = useStudio();
  if (!film.script) return html`<section class="empty"><h1>The script is being written</h1></section>`;
  return html`
    <section class="page" aria-labelledby="script-title">
      <h1 id="script-title">${film.title}</h1>
      <ol>${film.script.content.clips.map(({ scene }) => html`<li key=${scene.id}><b>${scene.title}</b> ${scene.script}</li>`)}</ol>
      ${film.price?.credits > 0 && html`<button class="button" onClick=${() => studio.make(film.price)}>Make ${listed(film.price.items)} · ${film.price.credits} credits</button>`}
    </section>`;
}
