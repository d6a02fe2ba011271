// What guests said of the film, beside it: notes at their moments, yes and no, and all open notes as one change.

import * as api from "../wire/api.js";
import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";
import { pieceName } from "../words/pieces.js";
import { clock } from "../words/scenes.js";
import { useStudio } from "../use_studio.js";
import { useReview } from "./use_review.js";

const STATES = { open: "", in_work: "Being changed", done: "Changed", resolved: "Resolved" };
const FAR = Number.MAX_SAFE_INTEGER;

export function Review({ film, seek }) {
  const { notes, approvals } = useReview(film);
  const threads = notes.filter(({ parent }) => !parent).sort((one, other) => (one.at ?? FAR) - (other.at ?? FAR));
  const open = threads.filter(({ state }) => state === "open");
  if (!threads.length && !approvals.length) return null;
  return html`
    <aside class="notes-panel" aria-labelledby="notes-title">
      <h2 id="notes-title">Notes ${open.length > 0 && html`<span class="tag">${open.length} open</span>`}</h2>
      ${approvals.length > 0 && html`<${Approvals} film=${film} approvals=${approvals} />`}
      ${open.length > 0 && html`<${Apply} key=${open.length} film=${film} open=${open} />`}
      <ol class="note-list">
        ${threads.map(
          (note) => html`<${Note} key=${note.id} film=${film} note=${note} seek=${seek}
          answers=${notes.filter(({ parent }) => parent === note.id)} />`,
        )}
      </ol>
    </aside>`;
}

const placeOf = (film, id) => film.script?.content.clips.find(({ scene }) => scene.id === id)?.scene.index ?? id;

const Approvals = ({ film, approvals }) => html`
  <ul class="approvals-list">${approvals.map(
    ({ share_id: share, scene, yes, name, take }) => html`
    <li key=${`${share} ${scene}`} data-yes=${yes}><${Icon} name=${yes ? "check" : "clock"} />
      <span>${name} said ${yes ? "yes" : "not yet"}
        ${" "}to ${scene === "film" ? "the film" : `scene ${placeOf(film, scene)}`}${
          take !== film.components.fullvideo?.take && " (an earlier cut)"
        }</span></li>`,
  )}</ul>`;

/** The price first; nothing is made before it was agreed to. */
function Apply({ film, open }) {
  const { studio } = useStudio();
  const [offer, setOffer] = useState(null);
  const [why, setWhy] = useState("");
  const ask = async () => {
    try {
      setWhy("");
      setOffer(await api.post(`tasks/${film.id}/notes/apply`, {}));
    } catch ({ message }) {
      setWhy(message);
    }
  };
  const words = open.length === 1 ? "Apply this note" : `Apply ${open.length} notes`;
  if (!offer)
    return html`<p><button class="button quiet" disabled=${Boolean(film.run)} onClick=${ask}>
      <${Icon} name="spark" />${words}</button> <span role="status">${why}</span></p>`;
  const count = new Set(offer.items.flatMap(({ notes }) => notes)).size;
  return html`
    <div class="offer" role="status">
      <p>${count === 1 ? "1 note" : `${count} notes`}, ${offer.credits} credits:
        ${" "}${offer.items.map(({ component }) => pieceName(component, film.script?.content)).join(", ")}.</p>
      ${
        offer.left.length > 0 &&
        html`<ul class="left-open">${offer.left.map(
          ({ note, message }) => html`
          <li key=${note}>“${shortened(open.find(({ id }) => id === note)?.text ?? "")}”: ${message}</li>`,
        )}</ul>`
      }
      <p class="piece-actions">
        <button class="button" onClick=${() => studio.approve(offer.quote_id)}>
          Make it · ${offer.credits} credits</button>
        <button class="button quiet" onClick=${() => setOffer(null)}>Not now</button>
      </p>
    </div>`;
}

const shortened = (text) => (text.length > 60 ? `${text.slice(0, 59)}…` : text);

function Note({ film, note, answers, seek }) {
  const { studio } = useStudio();
  const [answer, setAnswer] = useState(null);
  const path = `tasks/${film.id}/notes`;
  const send = (event) => {
    event.preventDefault();
    studio.attempt(async () => {
      await api.post(path, { parent: note.id, text: answer });
      setAnswer(null);
    });
  };
  const resolve = (resolved) => studio.attempt(() => api.post(`${path}/${note.id}/resolve`, { resolved }));
  return html`
    <li class="review-note" data-state=${note.state}>
      <p class="note-top"><b>${note.by_owner ? "You" : note.name}</b>
        ${
          note.at === null
            ? html`<span class="soft">its scene is gone</span>`
            : html`<button class="link" aria-label=${`Show ${clock(note.at)}`} onClick=${() => seek(note.at)}>
            ${clock(note.at)}
          </button><span class="soft">scene ${placeOf(film, note.scene)}</span>`
        }
        ${STATES[note.state] && html`<span class="tag">${STATES[note.state]}</span>`}</p>
      <p class="note-text">${note.text}</p>
      ${note.piece && html`<p class="soft">${changed(note, film)}</p>`}
      ${answers.map(
        ({ id, name, by_owner: own, text }) => html`
        <p class="note-answer" key=${id}><b>${own ? "You" : name}</b> ${text}</p>`,
      )}
      ${
        answer === null
          ? html`<p class="piece-actions">
          <button class="button quiet small" aria-label=${`Answer ${note.name}`} onClick=${() => setAnswer("")}>
            Answer</button>
          ${
            note.state === "resolved"
              ? html`<button class="button quiet small" onClick=${() => resolve(false)}>Open again</button>`
              : html`<button class="button quiet small" aria-label=${`Resolve the note of ${note.name}`}
                onClick=${() => resolve(true)}>Resolve</button>`
          }</p>`
          : html`<form class="note-form" onSubmit=${send}>
          <label><span class="unseen">Answer to ${note.name}</span>
            <textarea rows="2" maxlength="2000" required value=${answer}
              onInput=${({ target }) => setAnswer(target.value)} /></label>
          <p class="piece-actions"><button class="button small" disabled=${!answer.trim()}>Send</button>
            <button type="button" class="button quiet small" onClick=${() => setAnswer(null)}>Cancel
            </button></p></form>`
      }
    </li>`;
}

function changed({ piece, piece_take: take, state }, film) {
  const name = pieceName(piece, film.script?.content);
  if (state === "in_work") return `${name} is being made again.`;
  return take ? `${name}: take ${take} was made for it.` : `${name} was to be made again.`;
}
