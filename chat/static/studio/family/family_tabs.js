// The versions of a film as tabs over its pages, and the question where an edit of what they share goes.

import * as api from "../wire/api.js";
import { followed } from "../parts/links.js";
import { html, useState } from "../preact.js";
import { address } from "../state/route.js";
import { useStudio } from "../use_studio.js";
import { inOrder, versionNames } from "../words/versions.js";
import { TranslateAgain } from "./translate_again.js";
import { useFamily } from "./use_family.js";

export function Family({ film }) {
  const { state, studio } = useStudio();
  const { family, read } = useFamily(film);
  if (!family || family.films.length < 2) return null;
  const films = inOrder(family.films);
  const names = versionNames(films);
  const { to_translate: places = [], titles_to_translate: titles = [] } =
    family.films.find(({ id }) => id === film.id) ?? {};
  return html`
    <nav class="family" aria-label="Versions of this film">
      <ul>
        ${films.map((version, place) => {
          const route = { page: "film", taskId: version.id, stage: state.route.stage };
          return html`<li key=${version.id}><a href=${address(route)} lang="en"
            aria-current=${version.id === film.id ? "page" : undefined}
            onClick=${(event) => followed(event, studio, route)}>${names[place]}${
              version.run ? html`<i class="pulse" title="at work"></i>` : ""
            }</a></li>`;
        })}
      </ul>
    </nav>
    ${
      family.edits.waiting.length > 0 &&
      html`<${Where} key=${film.id} film=${film} count=${films.length} read=${read}
        others=${names.filter((_, place) => family.edits.waiting.includes(films[place].id))} />`
    }
    ${
      places.length > 0 &&
      html`<${TranslateAgain} key=${film.id} film=${film} films=${family.films} places=${places}
        titles=${titles} read=${read} />`
    }`;
}

const listed = (names) => new Intl.ListFormat("en", { type: "conjunction" }).format(names);

/** `others` are the names of the versions that share what was changed. */
function Where({ film, count, read, others }) {
  const { studio } = useStudio();
  const [isForGood, setForGood] = useState(false);
  const decide = (where) =>
    studio.attempt(async () => {
      await api.post(`tasks/${film.id}/versions/edits`, { where, from_now_on: isForGood });
      await read();
    });
  const isAll = others.length + 1 === count;
  const all = count === 2 ? "In both versions" : isAll ? `In all ${count} versions` : "There too";
  return html`
    <div class="notice where asks-where" role="status">
      <p>What you changed is shared with ${
        count === 2 ? "the other version of this film" : isAll ? "the other versions of this film" : listed(others)
      }.</p>
      <p class="where-acts"><button class="button small" onClick=${() => decide("all")}>${all}</button>
        <button class="button quiet small" onClick=${() => decide("here")}>Only here</button>
        <label class="switch"><input type="checkbox" checked=${isForGood}
          onChange=${({ target }) => setForGood(target.checked)} /><span>Do the same from now on</span></label></p>
    </div>`;
}
