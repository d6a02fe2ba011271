// Earlier versions of the script, what is different in them, and the way back.

import * as api from "../api.js";
import { Dialog } from "../dialog.js";
import { html, useEffect, useState } from "../preact.js";
import { differences } from "../script_diff.js";

export function Versions({ film, studio, close }) {
  const [versions, setVersions] = useState(null);
  const [chosen, setChosen] = useState(null);
  useEffect(() => void studio.attempt(() => api.getAll(`tasks/${film.id}/script/versions`)).then((found) => setVersions(found ?? [])), [film.script.version]);

  const choose = async (version) => setChosen(await studio.attempt(() => api.get(`tasks/${film.id}/script/versions/${version}`)));
  const goBack = async () => {
    await studio.saver.flush();
    await studio.saver.goTo(film.id, chosen.version);
    close();
  };
  return html`
    <${Dialog} title="Versions" onClose=${close} wide>
      <div class="versions-body">
        <ul>
          ${!versions && html`<li class="bone"></li>`}
          ${versions?.map(({ version, created_at: at }) => html`
            <li key=${version}><button class="version" aria-pressed=${chosen?.version === version} onClick=${() => choose(version)}>
              <b>Version ${version}</b><small>${version === film.script.version ? "as it is now" : moment(at)}</small></button></li>`)}
        </ul>
        <div class="version-diff" aria-live="polite">
          ${chosen ? html`<${Diff} from=${chosen} film=${film} />` : html`<p class="soft">Choose a version to see what has changed since.</p>`}
          ${chosen && chosen.version !== film.script.version && html`<button class="button" onClick=${goBack}>Go back to version ${chosen.version}</button>`}
        </div>
      </div>
    <//>`;
}

function Diff({ from, film }) {
  const changes = differences(from.script, film.script.content);
  if (!changes.length) return html`<p class="soft">${from.version === film.script.version ? "This is the script as it is now." : "It says the same as the script does now."}</p>`;
  return html`
    <p class="soft">What has changed from version ${from.version} to now:</p>
    <ul class="changes">
      ${changes.map(({ title, kind, fields }) => html`
        <li key=${title} data-kind=${kind}><h3>${title} ${kind !== "changed" && html`<span class="tag">${kind}</span>`}</h3>
          ${fields.map(({ name, parts }) => html`
            <p key=${name}><span class="legend">${name}</span>${parts.map(({ text, kind: how }, place) => html`<${PART[how]} key=${place}>${text}<//>`)}</p>`)}
        </li>`)}
    </ul>`;
}

const PART = { same: "span", new: "ins", old: "del" };

const moment = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
