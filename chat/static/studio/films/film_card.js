// A film in the list: its poster, how it stands, and the button that deletes it.

import { languageName } from "../parts/choices.js";
import { followed } from "../parts/links.js";
import { Icon } from "../parts/icons.js";
import { smallOf } from "../words/pieces.js";
import { html } from "../preact.js";
import { address } from "../state/route.js";
import { clock } from "../words/scenes.js";
import { secondsOf } from "../words/versions.js";

const STATUS = {
  draft: "Draft",
  scripted: "Script ready",
  generating: "In production",
  complete: "Finished",
  failed: "Needs a look",
  cancelled: "Stopped",
};

/** An update was stopped; the film that it was to update plays as before. */
const isStillThere = ({ status, duration }) => status === "cancelled" && duration != null;

/** `isApart`: the versions of a film have a card each, and say which they are. */
export function FilmCard({ film, studio, onDelete, isApart }) {
  const { id, title, prompt, status, poster, run, counts, versions } = film;
  const route = { page: "film", taskId: id };
  const name = title || prompt;
  const state = isStillThere(film) ? "complete" : status;
  return html`
    <li class="film-card">
      <a href=${address(route)} onClick=${(event) => followed(event, studio, route)}>
        <span class="poster" data-status=${state}>
          ${
            poster
              ? html`<img src=${smallOf(poster)} alt="" loading="lazy" decoding="async" />`
              : html`<span class="bare"><${Icon} name=${status === "draft" ? "pencil" : "film"} /></span>`
          }
          <span class="film-length">${clock(secondsOf(film))}</span>
          ${
            versions > 1 &&
            html`<span class="film-versions">${isApart ? versionOf(film) : `${versions} versions`}</span>`
          }
          ${run && html`<progress max="100" value=${run.progress} aria-label=${`Progress of ${name}`}></progress>`}
        </span>
        <b>${name}</b>
        <span class="film-facts"><span class="state" data-status=${state}>${STATUS[state]}
          ${run ? ` · ${run.progress} %` : ""}</span><span class="soft">${facts(counts.scenes, film.created_at)}</span>
          </span>
      </a>
      <button class="icon-button delete" aria-label=${`Delete ${name}`} onClick=${() => onDelete(film)}>
        <${Icon} name="trash" /></button>
    </li>`;
}

/** What can be restored, and until when; meanwhile neither its page nor its files are to be had. */
export function DeletedCard({ film, onRestore }) {
  const { title, prompt, restorable_until: until } = film;
  const name = title || prompt;
  return html`
    <li class="film-card">
      <span class="poster"><span class="bare"><${Icon} name="trash" /></span>
        ${film.family && html`<span class="film-versions">${versionOf(film)}</span>`}</span>
      <b>${name}</b>
      <span class="film-facts"><span class="soft">Kept until ${dayOf(until)}</span>
        <button class="button quiet small" aria-label=${`Restore ${name}`} onClick=${() => onRestore(film)}>
          <${Icon} name="undo" />Restore</button></span>
    </li>`;
}

const versionOf = ({ settings: { language, aspect_ratio: shape } }) => `${languageName(language)} · ${shape}`;

export const dayOf = (at) => new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "long" });

function facts(scenes, at) {
  const day = new Date(at).toLocaleDateString(undefined, { day: "numeric", month: "short" });
  return scenes ? `${scenes} ${scenes === 1 ? "scene" : "scenes"} · ${day}` : day;
}
