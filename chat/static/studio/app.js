// The whole page: header and rail, the chat on the left, the stage on the right.

import { AskBar } from "./parts/ask_bar.js";
import { dayOf } from "./films/film_card.js";
import { Family } from "./family/family_tabs.js";
import { Header } from "./parts/header.js";
import { followed } from "./parts/links.js";
import { html, useEffect, useErrorBoundary, useLayoutEffect, useState } from "./preact.js";
import { Notices } from "./parts/notices.js";
import { Retiming } from "./script/retiming.js";
import { Rail } from "./parts/rail.js";
import { address, shownStage } from "./state/route.js";
import { titleOf } from "./words/title.js";
import { StudioContext, useStudio } from "./use_studio.js";
import { AccountView } from "./views/account.js";
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
  const title = titleOf(state);
  useEffect(() => {
    document.title = title;
  }, [title]);
  const place = placeOf(state);
  useLayoutEffect(fromTheTop, [place]);
  return html`
    <${StudioContext.Provider} value=${{ state, studio }}>
      <a class="skip" href="#stage">Skip to the film</a>
      <a class="skip" href="#chat" onClick=${(event) => toChat(event, studio)}>Skip to the chat</a>
      <${Header} />
      <div class="split" data-chat=${state.chatOpen ? "open" : "closed"}
        onClick=${(event) => event.target === event.currentTarget && studio.dispatch({ type: "chat", open: false })}>
        <${Chat} />
        <main id="stage" class="stage" tabindex="-1">
          <${Rail} />
          ${state.route.page === "film" && state.film?.phase === "ready" && html`<${Family} film=${state.film} />`}
          <${Guarded} key=${place}><${Stage} state=${state} /><//>
        </main>
      </div>
      <${AskBar} />
      ${state.retiming?.id === state.film?.id && state.retiming && html`<${Retiming} film=${state.film} />`}
      <${Notices} />
      <p class="unseen" aria-live="polite">${state.announcement}</p>
    <//>`;
}

/** All views scroll in one box: how far down one was in the view before says nothing of the next. */
const fromTheTop = () => document.getElementById("stage").scrollTo({ top: 0, behavior: "instant" });

/** Where the chat is folded away it opens. */
function toChat(event, studio) {
  event.preventDefault();
  studio.dispatch({ type: "chat", open: true });
  document.querySelector("#chat textarea").focus();
}

function Stage({ state: { route, film } }) {
  const { studio } = useStudio();
  if (route.page === "start") return html`<${StartView} />`;
  if (route.page === "account") return html`<${AccountView} />`;
  if (route.page === "films") return html`<${FilmsView} key=${route.deleted} deleted=${route.deleted} />`;
  if (film.phase === "loading") return html`<${Loading} />`;
  if (film.phase === "unavailable")
    return html`<${Unavailable} problem=${film.problem} again=${() => studio.load(film.id)} />`;
  if (film.phase === "deleted") return html`<${Deleted} film=${film} />`;
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
      <p>Nothing of your film is lost. Show it again, or load the page again.</p>
      <p><button class="button" onClick=${retry}>Show it again</button></p>
    </section>`;
}

const Loading = () => html`
  <section class="loading" aria-busy="true" aria-label="The film is being loaded">
    <div class="bone wide"></div><div class="bone"></div><div class="bone"></div><div class="bone"></div>
  </section>`;

const Unavailable = ({ problem, again }) => html`
  <section class="empty" role="alert">
    <h1>${problem.status === 404 ? "There is no such film" : "The film cannot be shown"}</h1>
    <p>${problem.status === 404 ? "It was removed, or it belongs to somebody else." : problem.message}</p>
    <p>${problem.status !== 404 && html`<button class="button" onClick=${again}>Try again</button> `}<a
      class=${problem.status === 404 ? "button" : "button quiet"} href="/films/">My films</a>
      ${" "}<a class="button quiet" href="/">New film</a></p>
  </section>`;

function Deleted({ film }) {
  const { state, studio } = useStudio();
  const days = state.me.keep_deleted_days;
  const until = film.restorableUntil ? `, until ${dayOf(film.restorableUntil)}` : "";
  const list = { page: "films", deleted: true };
  return html`
    <section class="empty" role="status">
      <h1>This film was deleted</h1>
      <p>You can restore it in My films for ${days} ${days === 1 ? "day" : "days"}${until}.</p>
      <p><button class="button" onClick=${() => studio.restore(film.id)}>Restore it</button>
        <a class="button quiet" href=${address(list)} onClick=${(event) => followed(event, studio, list)}>My films</a>
        </p>
    </section>`;
}

const placeOf = ({ route, film }) =>
  `${route.page} ${film?.id ?? ""} ${film?.phase === "ready" ? shownStage(route, film) : ""}`;
