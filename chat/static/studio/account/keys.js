// Keys for programs: what each may do and spend, and its secret, which is shown once.

import * as api from "../wire/api.js";
import { Secret } from "./secret.js";
import { html, useRef, useState } from "../preact.js";
import { Unread } from "../parts/unread.js";
import { usePages } from "../wire/use_pages.js";
import { dayAndTime } from "../words/moments.js";

const NOTHING = { name: "", scopes: [], credits_per_day: "" };
const OVERLAP_S = 3600;

export function Keys({ studio }) {
  const list = usePages("keys?limit=20");
  const [shown, setShown] = useState(null);
  const [done, setDone] = useState("");
  const act = (work, words) =>
    studio.attempt(async () => {
      const answer = await work();
      setShown(answer?.key ? answer : null);
      setDone(words);
      await list.again();
    });
  return html`
    <section class="panel" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys for programs</h2>
      <p class="soft">A program signs in with a key instead of a password.
        ${" "}<a href="/api/v1/docs">What it can ask for</a></p>
      <${Unread} list=${list} />
      ${shown && html`<${Secret} label=${`The key “${shown.name}”`} value=${shown.key} />`}
      <ul class="devices">
        ${list.rows?.map((key) => html`<${Key} key=${key.id} told=${key} all=${list.first.scopes} act=${act} />`)}
      </ul>
      ${list.rows?.length === 0 && html`<p>You have no keys.</p>`}
      ${
        list.hasMore &&
        html`
        <p><button class="button quiet small" disabled=${list.isLoading} onClick=${list.more}>Show more keys</button>
        </p>`
      }
      ${list.first && html`<${NewKey} scopes=${list.first.scopes} act=${act} />`}
      <p role="status">${done}</p>
    </section>`;
}

function Key({ told, all, act }) {
  const [asks, setAsks] = useState(false);
  const yes = useRef(null);
  const { id, name } = told;
  const ask = () => {
    setAsks(true);
    requestAnimationFrame(() => yes.current?.focus());
  };
  return html`
    <li><span><b>${name}</b><small class="soft">${rights(told, all)}</small>
      <small class="soft">${inWords(told)}</small></span>
      ${
        asks
          ? html`<span class="key-acts"><span>It stops working at once.</span>
          <button ref=${yes} class="button small"
            onClick=${() => act(() => api.remove(`keys/${id}`), `${name} is revoked.`)}>
            Revoke ${name}</button>
          <button class="button quiet small" onClick=${() => setAsks(false)}>Keep it</button></span>`
          : html`<span class="key-acts">
          <button class="button quiet small" aria-label=${`New secret for ${name}`}
            onClick=${() =>
              act(
                () => api.post(`keys/${id}/rotate`, { overlap_s: OVERLAP_S }),
                "The old secret works for one more hour.",
              )}>
            New secret</button>
          <button class="button quiet small" aria-label=${`Revoke ${name} …`} onClick=${ask}>Revoke …</button>
          </span>`
      }</li>`;
}

function NewKey({ scopes, act }) {
  const [wish, setWish] = useState(NOTHING);
  const choose = (scope, on) =>
    setWish({ ...wish, scopes: on ? [...wish.scopes, scope] : wish.scopes.filter((each) => each !== scope) });
  const make = (event) => {
    event.preventDefault();
    const cap = wish.credits_per_day === "" ? null : Number(wish.credits_per_day);
    act(async () => {
      const made = await api.post("keys", { ...wish, credits_per_day: cap });
      setWish(NOTHING);
      return made;
    }, "The key is made.");
  };
  return html`
    <details class="new-key"><summary>Make a key</summary>
      <form class="account-form" onSubmit=${make}>
        <label class="choice"><span class="legend">Name</span>
          <input class="field wide" required maxlength="80" value=${wish.name} placeholder="Nightly films"
            onInput=${({ target }) => setWish({ ...wish, name: target.value })} /></label>
        <fieldset class="choice"><legend>It may</legend>
          ${scopes.map(
            ({ scope, meaning }) => html`
            <label class="switch" key=${scope}><input type="checkbox" checked=${wish.scopes.includes(scope)}
              onChange=${({ target }) => choose(scope, target.checked)} /><span>${meaning}</span></label>`,
          )}</fieldset>
        <label class="choice"><span class="legend">Credits a day at most (empty: no limit)</span>
          <input class="field" type="number" min="0" step="1" inputmode="numeric" value=${wish.credits_per_day}
            onInput=${({ target }) => setWish({ ...wish, credits_per_day: target.value })} /></label>
        <p><button class="button" disabled=${!wish.name.trim() || !wish.scopes.length}>Make the key</button></p>
      </form>
    </details>`;
}

const rights = ({ scopes }, all) =>
  scopes.map((scope) => all.find((each) => each.scope === scope)?.meaning ?? scope).join(" · ");

function inWords({ spent_today: today, credits_per_day: cap, last_used_at: used }) {
  const spending = cap === null ? `${today} credits today` : `${today} of ${cap} credits today`;
  return `${spending} · ${used ? `last used ${dayAndTime(used)}` : "never used"}`;
}
