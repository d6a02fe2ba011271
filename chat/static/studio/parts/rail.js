// Where a film is on its way: start, script, production, film.

import { followed } from "./links.js";
import { Icon } from "./icons.js";
import { html } from "../preact.js";
import { address, shownStage, stageOf } from "../state/route.js";
import { useStudio } from "../use_studio.js";

const STOPS = [
  { stage: "script", name: "Script", icon: "pencil" },
  { stage: "production", name: "Production", icon: "camera" },
  { stage: "film", name: "Film", icon: "film" },
];

export function Rail() {
  const { state, studio } = useStudio();
  const { route, film } = state;
  if (["films", "account"].includes(route.page)) return null;
  const ready = film?.phase === "ready";
  const shown = ready ? shownStage(route, film) : null;
  return html`
    <nav class="rail" aria-label="Stages of the film">
      <ol>
        <li><${Stop} name="Start" icon="spark" route=${{ page: "start" }} current=${route.page === "start"}
          studio=${studio} /></li>
        ${STOPS.map(
          ({ stage, ...stop }) => html`
          <li key=${stage}>
            <${Stop} ...${stop} studio=${studio} current=${stage === shown}
              now=${ready && film.run && stage === stageOf(film)}
              route=${ready && reached(film, stage) ? { page: "film", taskId: film.id, stage } : null} />
          </li>`,
        )}
      </ol>
    </nav>`;
}

function Stop({ name, icon, route, current, now, studio }) {
  const inside = html`<${Icon} name=${icon} /><span>${name}</span>
    ${now ? html`<i class="pulse" title="at work"></i>` : ""}`;
  if (!route) return html`<span class="stop" data-off>${inside}</span>`;
  return html`
    <a class="stop" href=${address(route)} aria-current=${current ? "step" : undefined}
      onClick=${(event) => followed(event, studio, route)}>${inside}</a>`;
}

/** A stage without anything to show is not offered. */
function reached(film, stage) {
  if (stage === "script") return true;
  if (stage === "production") return Boolean(film.script);
  return Boolean(film.components.fullvideo?.take || film.components.animatic?.take);
}
