// The balance, and what it opens: where the credits came from, what each film cost, and every change.

import { Dialog } from "../parts/dialog.js";
import { followed } from "../parts/links.js";
import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";
import { address } from "../state/route.js";
import { Unread } from "../parts/unread.js";
import { usePages } from "../wire/use_pages.js";
import { dayAndTime } from "../words/moments.js";

const SUMS = [
  ["welcome", "Welcome credits", 1],
  ["refilled", "Filled up", 1],
  ["support", "From support", 1],
  ["bought", "Bought", 1],
  ["refunded", "Given back by support", 1],
  ["spent", "Spent", -1],
];

export function Credits({ credits, studio }) {
  const [isOpen, setOpen] = useState(false);
  const { balance, held, text } = credits;
  return html`
    <button class="credits" aria-haspopup="dialog" title=${text || "Your credits"} onClick=${() => setOpen(true)}>
      <${Icon} name="coin" />
      <span><b>${balance}</b><span class="unseen"> credits</span>${held ? html`<small> + ${held} held</small>` : ""}
      </span>
    </button>
    ${isOpen && html`<${CreditsDialog} credits=${credits} studio=${studio} close=${() => setOpen(false)} />`}`;
}

function CreditsDialog({ credits, studio, close }) {
  const changes = usePages(`credits?limit=20`, "entries");
  const { balance, held } = credits;
  return html`
    <${Dialog} title="Your credits" onClose=${close}>
      <div class="credits-body">
        <p><b class="balance">${balance}</b> ${balance === 1 ? "credit" : "credits"} to spend</p>
        ${
          changes.first &&
          html`<${Sums} totals=${changes.first.totals} held=${held} />
          <${More} told=${changes.first} />`
        }
        <${Unread} list=${changes} />
        <${Films} studio=${studio} close=${close} gone=${changes.first?.totals.spent_on_removed_films ?? 0} />
        <${Changes} changes=${changes} />
      </div>
    <//>`;
}

const More = ({ told: { how_to_get_more: sentence, contact } }) => html`
  <p>${sentence} ${contact && html`<a href=${contact.includes("://") ? contact : `mailto:${contact}`}>Ask now</a>`}
  </p>`;

/** Only what there was. */
function Sums({ totals, held }) {
  const rows = [...SUMS.map(([key, name, sign]) => [name, sign * totals[key]]), ["Set aside", -held]];
  const seen = rows.filter(([, amount]) => amount);
  return html`
    <dl class="sums">
      ${seen.map(([name, amount]) => html`<div key=${name}><dt>${name}</dt><dd>${signed(amount)}</dd></div>`)}
    </dl>`;
}

function Films({ studio, close, gone }) {
  const films = usePages("credits/films?limit=10");
  if (!films.rows?.length && !gone && !films.problem) return null;
  const open = (event, route) => {
    followed(event, studio, route);
    if (event.defaultPrevented) close();
  };
  return html`
    <section aria-labelledby="spent-title">
      <h3 id="spent-title">What your films cost</h3>
      <${Unread} list=${films} />
      <ul class="spent">
        ${films.rows?.map(
          (film) => html`<li key=${film.task_id}>
          <${FilmName} film=${film} open=${open} /><span class="soft">${partsOf(film)}</span></li>`,
        )}
        ${
          gone > 0 &&
          !films.hasMore &&
          html`
          <li><span>Films that were removed</span><span class="soft">${gone} spent</span></li>`
        }
      </ul>
      ${
        films.hasMore &&
        html`
        <button class="button quiet small" disabled=${films.isLoading} onClick=${films.more}>Show more films</button>`
      }
    </section>`;
}

function FilmName({ film, open }) {
  const route = { page: "film", taskId: film.task_id };
  if (film.deleted) return html`<span>${film.title} <small class="tag">deleted</small></span>`;
  return html`<a href=${address(route)} onClick=${(event) => open(event, route)}>${film.title}</a>`;
}

const partsOf = ({ spent, held, refunded }) =>
  [`${spent} spent`, held && `${held} set aside`, refunded && `${refunded} given back`].filter(Boolean).join(" · ");

const Changes = ({ changes }) => html`
  <details class="all-changes">
    <summary>Every change</summary>
    <ul class="spent">
      ${changes.rows?.map(
        ({ id, text, amount, created_at: at }) => html`
        <li key=${id}><span>${text}<small class="soft">${dayAndTime(at)}</small></span><b>${signed(amount)}</b></li>`,
      )}
    </ul>
    ${
      changes.hasMore &&
      html`
      <button class="button quiet small" disabled=${changes.isLoading}
        onClick=${changes.more}>Show older changes</button>`
    }
  </details>`;

const signed = (amount) => (amount > 0 ? `+${amount}` : `${amount}`.replace("-", "−"));
