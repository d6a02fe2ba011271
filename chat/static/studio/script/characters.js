// Who is in the film, and how they look.

import * as api from "../api.js";
import { Icon } from "../icons.js";
import { html, useEffect } from "../preact.js";
import { Attachment, useReference } from "../reference.js";
import { withCharacter, withNewCharacter, withoutCharacter } from "../script_edits.js";

const MOST = 8;

export function Characters({ film, content, studio }) {
  const edit = (change) => studio.saver.edit(change);
  const reference = useReference();
  useEffect(() => {
    if (!reference.upload) return;
    studio.attempt(() => api.post(`tasks/${film.id}/reference-image`, { upload_id: reference.upload.id })).then(() => studio.lookAgain());
  }, [reference.upload?.id]);
  const profiles = content.character_profiles;
  return html`
    <details class="characters" open=${profiles.length > 0}>
      <summary><${Icon} name="user" /> Characters <span class="tag">${profiles.length}</span></summary>
      <ul>
        ${profiles.map(({ name, image_prompt: look }, place) => html`
          <li key=${place} class="character">
            <label><span class="unseen">Name of character ${place + 1}</span><input class="field" type="text" maxlength="120" value=${name} onChange=${({ target }) => edit((now) => withCharacter(now, place, { name: target.value }))} /></label>
            <label><span class="unseen">How ${name} looks</span><textarea class="field" rows="1" maxlength="4000" value=${look} onInput=${({ target }) => edit((now) => withCharacter(now, place, { image_prompt: target.value }))}></textarea></label>
            <button class="icon-button" aria-label=${`Remove ${name}`} onClick=${() => edit((now) => withoutCharacter(now, place))}><${Icon} name="trash" /></button>
          </li>`)}
      </ul>
      <div class="row">
        <button class="button quiet small" disabled=${profiles.length >= MOST} onClick=${() => edit(withNewCharacter)}><${Icon} name="plus" /> Add a character</button>
        ${profiles.length > 0 && html`
          <label class="button quiet small"><${Icon} name="picture" /> ${film.settings.reference ? "Another reference picture" : "Reference picture"}
            <input type="file" accept="image/*" class="unseen" onChange=${reference.pick} /></label>
          <${Attachment} reference=${reference} />`}
      </div>
    </details>`;
}
