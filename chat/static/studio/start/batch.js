// Many films from a table: each row a film. What all of them cost at most is said before anything is made.

import * as api from "../wire/api.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";

const MOST_BYTES = 200_000;
const TOO_LARGE = "This table is too large. Send the films in parts, 50 at most in each.";

/** `chosen` are the settings of the start page: they count where a row says nothing else. */
export function BatchButton({ chosen, studio }) {
  const [table, setTable] = useState(null);
  const pick = ({ target }) => {
    const file = target.files[0];
    target.value = "";
    if (!file) return;
    if (file.size > MOST_BYTES) return studio.tell(TOO_LARGE);
    return studio.attempt(async () =>
      setTable(await api.post("batches/read", { csv: await file.text(), settings: usual(chosen) })),
    );
  };
  return html`
    <label class="button quiet small"><${Icon} name="film" /> Many films from a table
      <input type="file" accept=".csv,.tsv,.txt,text/csv" class="unseen" onChange=${pick} /></label>
    ${table && html`<${Batch} table=${table} chosen=${chosen} studio=${studio} onClose=${() => setTable(null)} />`}`;
}

function Batch({ table, chosen, studio, onClose }) {
  const [batch, setBatch] = useState(null);
  const [key] = useState(() => crypto.randomUUID());
  const good = table.films.filter((film) => !film.problem);
  const order = () =>
    studio.attempt(async () => {
      const films = good.map(({ prompt, settings }) => ({ prompt, settings }));
      setBatch(await api.postOnce("batches", { films, settings: usual(chosen) }, key));
    });
  const approve = () => studio.attempt(async () => setBatch(await api.post(`batches/${batch.batch_id}/approve`)));
  return html`
    <${Dialog} title="Many films from a table" onClose=${onClose} wide>
      ${batch ? html`<${Ordered} batch=${batch} />` : html`<${Rows} table=${table} />`}
      <p class="dialog-actions">
        <button type="button" class="button quiet" onClick=${onClose}>${batch?.approved ? "Close" : "Not now"}</button>
        ${
          !batch &&
          html`<button type="button" class="button" disabled=${!good.length} onClick=${order}>
            ${`Write ${inWords(good.length, "script")} · free`}</button>`
        }
        ${
          batch &&
          !batch.approved &&
          html`<button type="button" class="button" onClick=${approve}>
            ${`Make all for at most ${batch.credits_at_most} credits`}</button>`
        }
      </p>
    <//>`;
}

/** A film's own words have a mode; a table has none. */
const usual = ({ source, ...settings }) => settings;

const Rows = ({ table: { films, credits_at_most: credits } }) => html`
  <p>${inWords(films.filter((film) => !film.problem).length, "film")} can be made of this table, for at most
    ${" "}${credits} credits. What is chosen on the page counts where a row says nothing else.</p>
  <ol class="batch-rows">
    ${films.map(
      (film) => html`
      <li key=${film.row}><b>${film.prompt || "—"}</b>
        ${
          film.problem
            ? html`<span class="problem"><${Icon} name="warning" /> Line ${film.row}: ${film.problem}</span>`
            : html`<small class="soft">at most ${film.credits_at_most} credits ${told(film.settings)}</small>`
        }</li>`,
    )}
  </ol>`;

const Ordered = ({ batch }) => html`
  <p role="status">${batch.approved ? "Each film begins when its script is there." : ordered(batch)}</p>
  <ol class="batch-rows">
    ${batch.films.map(
      (film) => html`
      <li key=${film.task_id}><a href=${`/films/${film.task_id}`}>${film.prompt}</a>
        ${film.problem && html`<span class="problem"><${Icon} name="warning" /> ${film.problem}</span>`}</li>`,
    )}
  </ol>`;

const ordered = ({ films }) => `${inWords(films.length, "script")} ${films.length === 1 ? "is" : "are"} being written.`;

const inWords = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

const told = (settings) =>
  Object.entries(settings)
    .map(([name, value]) => `· ${name.replaceAll("_", " ")}: ${value}`)
    .join(" ");
