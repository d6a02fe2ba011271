import { Credits } from "../account/credits.js";
import { Icon } from "./icons.js";
import { followed } from "./links.js";
import { html } from "../preact.js";
import { useStudio } from "../use_studio.js";

const LINKS = {
  connecting: "Connecting …",
  online: "Connected",
  waiting: "Connection lost; trying again",
  offline: "Offline; what you write is kept",
  refused: "This address may not connect",
  replaced: "Too many open tabs; this one paused",
};

export function Header() {
  const { state, studio } = useStudio();
  const { film, me, credits, link } = state;
  return html`
    <header class="bar">
      <a class="brand" href="/" aria-label="Pixora, new film"
        onClick=${(event) => followed(event, studio, { page: "start" })}>
        <svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="9" />
          <path d="M12 9.500v13l11-6.500z" /></svg>
        <span>Pixora</span>
      </a>
      <p class="film-title">${film?.title}</p>
      <p class="link-state" data-link=${link} role="status"><span>${LINKS[link]}</span>
        ${
          ["waiting", "replaced"].includes(link) &&
          html`<button class="link" onClick=${() => studio.connection.open()}>Connect now</button>`
        }
      </p>
      <${Credits} credits=${credits} studio=${studio} />
      <a class="button quiet small" href="/films/" aria-label="My films"
        aria-current=${state.route.page === "films" ? "page" : undefined}
        onClick=${(event) => followed(event, studio, { page: "films" })}><${Icon} name="films" /><span>My films</span>
        </a>
      <${Account} me=${me} studio=${studio} />
    </header>`;
}

/** A menu without a script of its own: a disclosure that closes when the focus leaves it. */
function Account({ me, studio }) {
  const close = (event) =>
    event.currentTarget.contains(event.relatedTarget) || event.currentTarget.removeAttribute("open");
  const closeOnEscape = (event) => {
    if (event.key !== "Escape") return;
    event.currentTarget.removeAttribute("open");
    event.currentTarget.querySelector("summary").focus();
  };
  const follow = (event) => {
    event.currentTarget.closest("details").removeAttribute("open");
    followed(event, studio, { page: "account" });
  };
  return html`
    <details class="account" onFocusOut=${close} onKeyDown=${closeOnEscape}>
      <summary class="icon-button" aria-label="Account"><${Icon} name="user" /></summary>
      <div class="menu">
        <p>${me.email}</p>
        <a href="/account/" onClick=${follow}>Your account</a>
        ${me.back_office && html`<a href=${me.back_office}>Back office</a>`}
        <a href="/api/v1/docs">API</a>
        <button onClick=${() => studio.signOut()}>Sign out</button>
      </div>
    </details>`;
}
