// Settings kept under a name: chosen again with one click, and kept from what is chosen now.

import * as api from "../wire/api.js";
import { html, useState } from "../preact.js";
import { Unread } from "../parts/unread.js";
import { usePages } from "../wire/use_pages.js";

/** `chosen` are the settings that somebody has touched; they are what a preset keeps. */
export function Presets({ chosen, choose, studio }) {
  const list = usePages("presets?limit=100");
  const [name, setName] = useState("");
  const [done, setDone] = useState("");
  const { source, ...settings } = chosen;
  const isEmpty = Object.keys(settings).length === 0;
  const act = (work, words) =>
    studio.attempt(async () => {
      await work();
      setDone(words);
      await list.again();
    });
  const take = (preset) => {
    choose(preset.settings);
    setDone(`The settings of “${preset.name}” are chosen.`);
  };
  const keep = () =>
    act(async () => {
      await api.post("presets", { name, settings });
      setName("");
    }, `“${name.trim()}” is kept.`);
  return html`
    <div class="presets">
      <${Unread} list=${list} />
      <ul class="preset-list">
        ${list.rows?.map(
          (preset) => html`
          <li key=${preset.id}>
            <button type="button" class="button quiet small" onClick=${() => take(preset)}>${preset.name}</button>
            <button type="button" class="link" aria-label=${`Delete the preset ${preset.name}`}
              onClick=${() => act(() => api.remove(`presets/${preset.id}`), `“${preset.name}” is deleted.`)}>
              Delete</button>
          </li>`,
        )}
      </ul>
      ${list.rows?.length === 0 && html`<p class="soft">You have no presets.</p>`}
      <div class="row">
        <label class="own-style"><span class="soft">Keep what is chosen now as</span>
          <input type="text" maxlength="80" value=${name} placeholder="Shop clips"
            onInput=${({ target }) => setName(target.value)} /></label>
        <button type="button" class="button quiet small" disabled=${!name.trim() || isEmpty} onClick=${keep}>
          Keep as a preset</button>
      </div>
      ${isEmpty && html`<p class="soft">Choose a length, a shape or another setting first.</p>`}
      <p class="soft" role="status">${done}</p>
    </div>`;
}
