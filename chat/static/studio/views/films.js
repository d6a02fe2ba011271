// All films of a user, newest first: found, opened, deleted and taken back.

import * as api from "../wire/api.js";
import { Question } from "../parts/dialog.js";
import { DeletedCard, FilmCard } from "../films/film_card.js";
import { useFilms } from "../films/use_films.js";
import { followed } from "../parts/links.js";
import { Icon } from "../parts/icons.js";
import { html, useRef, useState } from "../preact.js";
import { address } from "../state/route.js";
import { useStudio } from "../use_studio.js";

const START = { page: "start" };

export function FilmsView({ deleted: showsDeleted }) {
  const { state, studio } = useStudio();
  const list = useFilms({ deleted: showsDeleted });
  const [doomed, setDoomed] = useState(null);
  const [deleted, setDeleted] = useState(null);
  const head = useRef(null);
  const isApart = Boolean(list.search.trim());

  const remove = (whole) => async () => {
    const film = doomed;
    await studio.attempt(async () => {
      const all = whole && film.versions > 1 ? (await api.get(`tasks/${film.id}/versions`)).results : [film];
      await api.remove(`tasks/${film.id}?versions=${whole ? "all" : "this"}`);
      list.take(...all.map(({ id }) => id));
      setDeleted({ ...film, all: all.map(({ id }) => id) });
    });
    setDoomed(null);
    head.current?.focus();
  };
  const undo = async () => {
    const film = deleted;
    setDeleted(null);
    await studio.attempt(async () => {
      for (const id of film.all) await api.post(`tasks/${id}/restore`);
      list.put(await api.get(`tasks/${film.id}`));
    });
  };
  const onlyThis = { words: "Only this one", onYes: remove(false) };
  const restore = (film) =>
    studio.attempt(async () => {
      await api.post(`tasks/${film.id}/restore`);
      list.take(film.id);
      studio.tell(`“${nameOf(film)}” is among your films again.`);
      head.current?.focus();
    });
  return html`
    <section class="page films-page" aria-labelledby="films-title">
      <header class="films-head">
        <h1 id="films-title" tabindex="-1" ref=${head}>My films</h1>
        <nav class="which" aria-label="Which films">
          <${Which} name="Films" route=${{ page: "films", deleted: false }} current=${!showsDeleted} studio=${studio} />
          <${Which} name="Deleted" route=${{ page: "films", deleted: true }} current=${showsDeleted} studio=${studio} />
        </nav>
        <label class="search"><${Icon} name="search" /><span class="unseen">Search your films</span>
          <input type="search" maxlength="200" placeholder="Search" value=${list.search}
            onInput=${({ target }) => list.setSearch(target.value)} /></label>
        <a class="button" href="/" onClick=${(event) => followed(event, studio, START)}>
          <${Icon} name="plus" />New film</a>
      </header>
      ${
        showsDeleted &&
        html`
        <p class="soft">Deleted films are kept for ${state.me.keep_deleted_days} days; then they
          are removed for good.</p>`
      }
      <${List} list=${list} studio=${studio} onDelete=${setDoomed} onRestore=${showsDeleted && restore} />
      <div class="undo" role="status">
        ${
          deleted &&
          html`<p class="notice">“${nameOf(deleted)}” is deleted. <button class="button small" onClick=${undo}>
            <${Icon} name="undo" />Undo</button>
          <button class="icon-button" aria-label="Dismiss" onClick=${() => setDeleted(null)}><${Icon} name="close" />
          </button></p>`
        }
      </div>
      ${
        doomed &&
        html`
        <${Question} title="Delete this film?" yes=${yesTo(doomed, isApart)}
          onYes=${remove(true)} lesser=${isApart && doomed.versions > 1 && onlyThis}
          onNo=${() => setDoomed(null)}>
          <p>“${nameOf(doomed)}” ${whatGoes(doomed, isApart)}${
            doomed.run ? ". What is being made of it stops" : ""
          }. You can restore it for ${state.me.keep_deleted_days} days.</p>
        <//>`
      }
    </section>`;
}

const yesTo = ({ versions }, isApart) =>
  versions > 1 ? (isApart ? "All versions" : "Delete all versions") : "Delete it";

const whatGoes = ({ versions }, isApart) => {
  if (versions <= 1) return "with all its takes";
  return isApart ? `is one of ${versions} versions` : `with all its ${versions} versions and their takes`;
};

const Which = ({ name, route, current, studio }) => html`
  <a class="button quiet small" href=${address(route)} aria-current=${current ? "page" : undefined}
    onClick=${(event) => followed(event, studio, route)}>${name}</a>`;

/** With `onRestore` its films are deleted ones. */
function List({ list, studio, onDelete, onRestore }) {
  const { rows: films, search, problem, isLoading, hasMore, more, again } = list;
  if (problem && !films) {
    return html`
      <section class="empty" role="alert"><h2>Your films cannot be listed</h2><p>${problem}</p><p>
        <button class="button" onClick=${again}>Try again</button></p></section>`;
  }
  if (!films)
    return html`<ul class="film-grid" aria-busy="true" aria-label="Your films are being listed">
      ${[1, 2, 3, 4, 5, 6].map((key) => html`<li key=${key} class="bone poster-bone"></li>`)}</ul>`;
  if (!films.length && search.trim()) return html`<${NothingFound} list=${list} />`;
  if (!films.length) return onRestore ? html`<${NoneDeleted} />` : html`<${NoFilms} studio=${studio} />`;
  return html`
    <p class="unseen" role="status">${
      search.trim() && !isLoading ? `${films.length}${hasMore ? " or more" : ""} found` : ""
    }</p>
    <ul class="film-grid" aria-busy=${isLoading}>

      ${films.map((film) =>
        onRestore
          ? html`<${DeletedCard} key=${film.id} film=${film} onRestore=${onRestore} />`
          : html`<${FilmCard} key=${film.id} film=${film} studio=${studio} onDelete=${onDelete}
            isApart=${Boolean(search.trim())} />`,
      )}
    </ul>
    ${
      problem &&
      html`<p class="problem" role="alert">
      ${problem} <button class="link" onClick=${again}>Try again</button></p>`
    }
    ${
      hasMore &&
      html`<p class="more"><button class="button quiet" disabled=${isLoading} onClick=${more}>
      ${isLoading ? "One moment …" : "Show more"}</button></p>`
    }`;
}

const NothingFound = ({ list }) => html`
  <section class="empty" role="status">
    <i class="empty-icon"><${Icon} name="search" /></i>
    <h2>No film mentions “${list.search.trim()}”</h2>
    <p>Titles and prompts are searched, each word by itself.</p>
    <p><button class="button quiet" onClick=${() => list.setSearch("")}>Show all films</button></p>
  </section>`;

const NoneDeleted = () => html`
  <section class="empty">
    <i class="empty-icon"><${Icon} name="trash" /></i>
    <h2>No deleted films</h2>
    <p>A film that you delete can be restored from here.</p>
  </section>`;

const NoFilms = ({ studio }) => html`
  <section class="empty">
    <i class="empty-icon"><${Icon} name="film" /></i>
    <h2>No films yet</h2>
    <p>Say in a sentence what your film is about; its script is written for nothing.</p>
    <p><a class="button" href="/" onClick=${(event) => followed(event, studio, START)}>
      <${Icon} name="plus" />Make the first one</a></p>
  </section>`;

const nameOf = ({ title, prompt }) => {
  const name = title || prompt;
  return name.length > 80 ? `${name.slice(0, 79)}…` : name;
};
