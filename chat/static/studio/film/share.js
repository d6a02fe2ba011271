// Links to the film: made, with what they let their guests do, and listed.

import * as api from "../wire/api.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icons.js";
import { Secret } from "../account/secret.js";
import { html, useState } from "../preact.js";
import { Unread } from "../parts/unread.js";
import { usePages } from "../wire/use_pages.js";
import { useStudio } from "../use_studio.js";
import { CAN, Choice, DAYS, FOLLOW, Select, Versions } from "./share_choices.js";
import { Link } from "./share_link.js";

const FIRST = { can: "comment", follow: "newest", expires_in_days: "30", password: "", embed: "", versions: false };

export function Share({ film }) {
  const [isOpen, setOpen] = useState(false);
  return html`
    <button type="button" class="button quiet" onClick=${() => setOpen(true)}><${Icon} name="user" />Share</button>
    ${isOpen && html`<${ShareDialog} film=${film} onClose=${() => setOpen(false)} />`}`;
}

function ShareDialog({ film, onClose }) {
  const { studio } = useStudio();
  const list = usePages(`tasks/${film.id}/shares?limit=20`);
  const [made, setMade] = useState(null);
  const [said, setSaid] = useState("");
  const act = (work, words) =>
    studio.attempt(async () => {
      const answer = await work();
      setMade(answer?.url ? answer : null);
      setSaid(words);
      await list.again();
      return true;
    });
  return html`
    <${Dialog} title="Share this film" onClose=${onClose} wide>
      <div class="share">
        <p class="soft">Whoever has a link can open it: they need no account.
          ${film.versions > 1 ? " It shows this version alone, unless you let its guests switch to others." : ""}</p>
        ${made && html`<${Secret} label="The link" value=${made.url} />`}
        <${NewLink} film=${film} act=${act} />
        <${Unread} list=${list} />
        ${list.rows?.length > 0 && html`<h3>Links to this film</h3>`}
        <ul class="links">
          ${list.rows?.map((link) => html`<${Link} key=${link.id} film=${film} link=${link} act=${act} />`)}
        </ul>
        ${
          list.hasMore &&
          html`<p><button class="button quiet small" disabled=${list.isLoading} onClick=${list.more}>Show more links
          </button></p>`
        }
        <p role="status">${said}</p>
      </div>
    <//>`;
}

function NewLink({ film, act }) {
  const [wish, setWish] = useState(FIRST);
  const set =
    (name) =>
    ({ target }) =>
      setWish({ ...wish, [name]: target.value });
  const make = async (event) => {
    event.preventDefault();
    const { embed, expires_in_days: days, ...rest } = wish;
    const origins = embed.split(/[\s,]+/).filter(Boolean);
    const body = { ...rest, expires_in_days: days ? Number(days) : null, embed_origins: origins };
    body.versions = wish.versions && wish.follow === "newest";
    const done = await act(() => api.post(`tasks/${film.id}/shares`, body), "The link is made.");
    if (done) setWish({ ...wish, password: "" });
  };
  return html`
    <form class="new-link" onSubmit=${make}>
      <${Choice} legend="Its guests may" name="can" choices=${CAN} value=${wish.can} onChange=${set("can")} />
      <${Choice} legend="It shows" name="follow" choices=${FOLLOW} value=${wish.follow} onChange=${set("follow")} />
      <${Versions} film=${film} wish=${wish} onChange=${(versions) => setWish({ ...wish, versions })} />
      <${Select} legend="It ends" choices=${DAYS} value=${wish.expires_in_days} onChange=${set("expires_in_days")} />
      <label class="choice"><span class="legend">Password (empty: none)</span>
        <input class="field wide" maxlength="200" autocomplete="off" value=${wish.password}
          onInput=${set("password")} /></label>
      <details><summary>Show it on a page of your own</summary>
        <label class="choice"><span class="legend">Addresses of the sites that may show the player</span>
          <input class="field wide" placeholder="https://example.org" value=${wish.embed}
            onInput=${set("embed")} /></label>
      </details>
      <p><button class="button">Make a link</button></p>
    </form>`;
}
