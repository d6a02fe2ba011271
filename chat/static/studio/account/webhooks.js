// Where events of one's films are sent: each address with its last deliveries.

import * as api from "../wire/api.js";
import { Secret } from "./secret.js";
import { html, useState } from "../preact.js";
import { Unread } from "../parts/unread.js";
import { usePages } from "../wire/use_pages.js";

export function Webhooks({ studio }) {
  const list = usePages("webhooks?limit=20");
  const [shown, setShown] = useState(null);
  const [done, setDone] = useState("");
  const act = (work, words) =>
    studio.attempt(async () => {
      const answer = await work();
      setShown(answer?.secret ? answer : null);
      setDone(words);
      await list.again();
    });
  return html`
    <section class="panel" id="webhooks" aria-labelledby="webhooks-title">
      <h2 id="webhooks-title">Webhooks</h2>
      <p class="soft">What happens to your films is sent to a server of yours.</p>
      <${Unread} list=${list} />
      ${shown && html`<${Secret} label=${`The secret of ${shown.url}`} value=${shown.secret} />`}
      <ul class="devices">
        ${list.rows?.map((told) => html`<${Address} key=${told.id} told=${told} act=${act} />`)}
      </ul>
      ${list.rows?.length === 0 && html`<p>Nothing is sent anywhere.</p>`}
      ${
        list.hasMore &&
        html`
        <p><button class="button quiet small" disabled=${list.isLoading} onClick=${list.more}>Show more</button></p>`
      }
      <${NewAddress} act=${act} />
      <p role="status">${done}</p>
    </section>`;
}

function Address({ told: { id, url, types, paused }, act }) {
  const [isOpen, setOpen] = useState(false);
  return html`
    <li class="webhook"><span><b>${url}</b>
      <small class="soft">${chosen(types)}${paused ? " · paused" : ""}</small></span>
      <span class="key-acts">
        ${
          paused &&
          html`
          <button class="button small" aria-label=${`Go on with ${url}`}
            onClick=${() => act(() => api.patch(`webhooks/${id}`, { paused: false }), "Events are sent again.")}>
            Go on</button>`
        }
        <button class="button quiet small" aria-label=${`Send a test to ${url}`}
          onClick=${() => act(() => api.post(`webhooks/${id}/test`, {}), "A test is on its way.")}>Send a test</button>
        <button class="button quiet small" aria-expanded=${isOpen} aria-label=${`Deliveries to ${url}`}
          onClick=${() => setOpen(!isOpen)}>Deliveries</button>
        <button class="button quiet small" aria-label=${`Remove ${url}`}
          onClick=${() => act(() => api.remove(`webhooks/${id}`), "Nothing more is sent there.")}>Remove</button></span>
      ${isOpen && html`<${Deliveries} id=${id} act=${act} />`}</li>`;
}

function Deliveries({ id, act }) {
  const list = usePages(`webhooks/${id}/deliveries?limit=10`);
  const again = (one) => act(() => api.post(`webhooks/${id}/deliveries/${one.id}/retry`, {}), "It is sent again.");
  return html`
    <${Unread} list=${list} />
    <ul class="deliveries">
      ${list.rows?.map(
        (one) => html`
        <li key=${one.id}><span>${one.type} · ${outcome(one)} · ${moment(one.created_at)}</span>
          <button class="link" aria-label=${`Send ${one.type} of ${moment(one.created_at)} again`}
            onClick=${() => again(one)}>Send again</button></li>`,
      )}
      ${list.rows?.length === 0 && html`<li>Nothing was sent yet.</li>`}
      ${list.hasMore && html`<li><button class="link" onClick=${list.more}>Show more</button></li>`}
    </ul>`;
}

function NewAddress({ act }) {
  const [url, setUrl] = useState("");
  const add = (event) => {
    event.preventDefault();
    act(async () => {
      const made = await api.post("webhooks", { url, types: ["*"] });
      setUrl("");
      return made;
    }, "Events are sent there from now on.");
  };
  return html`
    <form class="account-form" onSubmit=${add}>
      <label class="choice"><span class="legend">Send all events to</span>
        <input class="field wide" type="url" required maxlength="2000" placeholder="https://example.org/pixora"
          value=${url} onInput=${({ target }) => setUrl(target.value)} /></label>
      <p><button class="button" disabled=${!url.trim()}>Add the address</button></p>
    </form>`;
}

const chosen = (types) => (types.includes("*") ? "All events" : types.join(", "));

function outcome({ status, problem, took_ms: took }) {
  if (problem) return problem;
  return status === null ? "on its way" : `answered ${status} in ${took} ms`;
}

const moment = (at) => new Date(at).toLocaleString([], { dateStyle: "short", timeStyle: "medium" });
