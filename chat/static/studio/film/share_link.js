// A link to the film in the list of them: how it stands, the form that changes it, and the way to take it back.

import * as api from "../wire/api.js";
import { html, useState } from "../preact.js";
import { dayAndTime } from "../words/moments.js";
import { CAN, Choice, DAYS, FOLLOW, Select, Versions } from "./share_choices.js";

const AS_IT_IS = "as it is";
const LOCK = [
  [AS_IT_IS, "As it is"],
  ["new", "Another password"],
  ["none", "No password"],
];

export function Link({ film, link, act }) {
  const [asks, setAsks] = useState("");
  const path = `tasks/${film.id}/shares/${link.id}`;
  const called = `the link of ${dayAndTime(link.created_at)} …`;
  return html`
    <li><span><b>${CAN[link.can]}</b><small class="soft">${opened(link)}</small>
      <small class="soft">${terms(link)}</small></span>
      ${
        asks === "end"
          ? html`<span class="key-acts"><span>Then it opens nothing any more.</span>
          <button class="button small" onClick=${() => act(() => api.remove(path), "The link is taken back.")}>
            Take it back</button>
          <button class="button quiet small" onClick=${() => setAsks("")}>Keep it</button></span>`
          : html`<span class="key-acts">
          <button class="button quiet small" aria-label=${`Change ${called}`} aria-expanded=${asks === "change"}
            onClick=${() => setAsks(asks ? "" : "change")}>Change …</button>
          <button class="button quiet small" aria-label=${`Take back ${called}`}
            onClick=${() => setAsks("end")}>Take back …</button></span>`
      }
      ${
        asks === "change" &&
        html`<${ChangeLink} film=${film} path=${path} link=${link} act=${act}
        close=${() => setAsks("")} />`
      }
    </li>`;
}

/** Only what is different is sent: a link keeps its end and its password until others are chosen. */
function ChangeLink({ film, path, link, act, close }) {
  const { can, follow, versions } = link;
  const before = { can, follow, versions, expires_in_days: AS_IT_IS, lock: AS_IT_IS, password: "" };
  const [wish, setWish] = useState(before);
  const set =
    (name) =>
    ({ target }) =>
      setWish({ ...wish, [name]: target.value });
  const body = changesOf(before, wish);
  const save = async (event) => {
    event.preventDefault();
    const done = await act(() => api.patch(path, body), "The link is changed. Its address stays the same.");
    if (done) close();
  };
  const ends = link.expires_at ? `As it is: ${dayAndTime(link.expires_at)}` : "As it is: never";
  return html`
    <form class="new-link" onSubmit=${save}>
      <${Choice} legend="Its guests may" name="can" choices=${CAN} value=${wish.can} onChange=${set("can")} />
      <${Choice} legend="It shows" name="follow" choices=${FOLLOW} value=${wish.follow} onChange=${set("follow")} />
      <${Versions} film=${film} wish=${wish} onChange=${(shown) => setWish({ ...wish, versions: shown })} />
      <${Select} legend="It ends" choices=${[[AS_IT_IS, ends], ...DAYS]} value=${wish.expires_in_days}
        onChange=${set("expires_in_days")} />
      <${Select} legend="Its password" choices=${LOCK} value=${wish.lock} onChange=${set("lock")} />
      ${
        wish.lock === "new" &&
        html`<label class="choice"><span class="legend">The new password; everybody is asked for it</span>
          <input class="field wide" required maxlength="200" autocomplete="off" value=${wish.password}
            onInput=${set("password")} /></label>`
      }
      <p class="key-acts"><button class="button small" disabled=${!Object.keys(body).length}>Change the link</button>
        <button type="button" class="button quiet small" onClick=${close}>Leave it as it is</button></p>
    </form>`;
}

function changesOf(before, wish) {
  const changed = (name) => wish[name] !== before[name];
  const days = wish.expires_in_days;
  const versions = wish.versions && wish.follow === "newest";
  return {
    ...(versions !== before.versions && { versions }),
    ...(changed("can") && { can: wish.can }),
    ...(changed("follow") && { follow: wish.follow }),
    ...(changed("expires_in_days") && { expires_in_days: days ? Number(days) : null }),
    ...(changed("lock") && { password: wish.lock === "new" ? wish.password : "" }),
  };
}

function opened({ opens, last_opened_at: last }) {
  if (!opens) return "Nobody has opened it yet";
  return `Opened ${opens === 1 ? "once" : `${opens} times`}, the last time ${dayAndTime(last)}`;
}

function terms({ created_at: made, expires_at: ends, has_password: locked, follow, versions, notes }) {
  return [
    `made ${dayAndTime(made)}`,
    ends ? `${new Date(ends) < new Date() ? "ended" : "ends"} ${dayAndTime(ends)}` : "does not end",
    locked && "with a password",
    follow === "this" && "stays at its cut",
    versions && "with languages and shapes",
    notes > 0 && (notes === 1 ? "1 note" : `${notes} notes`),
  ]
    .filter(Boolean)
    .join(" · ");
}
