// The whole page: header and rail, the chat on the left, the stage on the right.

import { Header } from "./header.js";
import { html, useEffect, useErrorBoundary, useState } from "./preact.js";
import { Rail } from "./rail.js";
import { shownStage } from "./route.js";
import { StudioContext } from "./use_studio.js";
import { Chat } from "./views/chat.js";
import { FilmView } from "./views/film.js";
import { FilmsView } from "./views/films.js";
import { ProductionView } from "./views/production.js";
import { ScriptView } from "./views/script.js";
import { StartView } from "./views/start.js";

const STAGE_VIEWS = { script: ScriptView, production: ProductionView, film: FilmView };

export function App({ studio }) {
  const [state, setState] = useState(studio.state);
  useEffect(() => studio.store.subscribe(setState), []);
  useEffect(() => {
    document.title = titleOf(state);
  }, [state.route, state.film?.title]);
  return html`
    <${StudioContext.Provider} value=${{ state, studio }}>
      <a class="skip" href="#stage">Skip to the film</a>
      <${Header} />
      <div class="split" data-chat=${state.chatOpen ? "open" : "closed"}>
        <${Chat} />
        <main id="stage" class="stage" tabindex="-1">
          <${Rail} />
          <${Guarded} key=${placeOf(state)}><${Stage} state=${state} /><//>
        </main>
      </div>
      <${Notices} notices=${state.notices} dismiss=${(id) => studio.dispatch({ type: "dismiss", id })} />
      <p class="unseen" aria-live="polite">${state.announcement}</p>
    <//>`;
}

function Stage({ state: { route, film } }) {
  if (route.page === "start") return html`<${StartView} />`;
  if (route.page === "films") return html`<${FilmsView} />`;
  if (film.phase === "loading") return html`<${Loading} />`;
  if (film.phase === "unavailable") return html`<${Unavailable} problem=${film.problem} />`;
  if (film.phase === "deleted") return html`<${Deleted} />`;
  const View = STAGE_VIEWS[shownStage(route, film)];
  return html`<${View} key=${film.id} film=${film} />`;
}

/** What breaks in one view leaves the others standing. */
function Guarded({ children }) {
  const [error, retry] = useErrorBoundary((problem) => console.error(problem));
  if (!error) return children;
  return html`
    <section class="empty" role="alert">
      <h1>This part of the page broke</h1>
      <p>Nothing of your film is lost. Show it again, or load the page anew.</p>
      <p><button class="button" onClick=${retry}>Show it again</button></p>
    </section>`;
}

const Loading = () => html`
  <section class="loading" aria-busy="true" aria-label="The film is being loaded">
    <div class="bone wide"></div><div class="bone"></div><div class="bone"></div><div class="bone"></div>
  </section>`;

const Unavailable = ({ problem }) => html`
  <section class="empty" role="alert">
    <h1>${problem.status === 404 ? "There is no such film" : "The film cannot be shown"}</h1>
    <p>${problem.status === 404 ? "It was removed, or it belongs to somebody else." : problem.message}</p>
    <p><a class="button" href="/films/">My films</a> <a class="button quiet" href="/">New film</a></p>
  </section>`;

const Deleted = () => html`
  <section class="empty">
    <h1>This film was deleted</h1>
    <p>For some days it can be taken back from the list of your films.</p>
    <p><a class="button" href="/films/">My films</a></p>
  </section>`;

const Notices = ({ notices, dismiss }) => html`
  <div class="notices" role="alert">
    ${notices.map(({ id, text }) => html`
      <p class="notice" key=${id}>${text} <button class="link" onClick=${() => dismiss(id)}>Dismiss</button></p>`)}
  </div>`;

function titleOf({ route, film }) {
  if (route.page === "films") return "My films · Pixora";
  if (route.page === "start") return "New film · Pixora";
  return `${film?.title || "Film"} · Pixora`;
}

const placeOf = ({ route, film }) => `${route.page} ${film?.id ?? ""} ${film?.phase === "ready" ? shownStage(route, film) : ""}`;
