// Who is in the film, how they look, the picture each is drawn by, and the picture of yours that they are drawn after.

import { useOwnMaterial } from "../film/own_material.js";
import { PieceActions } from "../film/piece_actions.js";
import { Preview } from "../film/preview.js";
import { Select, named } from "../parts/choices.js";
import { Icon } from "../parts/icons.js";
import { characterKey, smallOf } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import * as api from "../wire/api.js";
import { useReading } from "../wire/arriving.js";
import { withCharacter, withNewCharacter, withoutCharacter, withVoice } from "./edits.js";
import { StateTag } from "../parts/state_tag.js";
import { ReferencePicture } from "./reference_picture.js";

const MOST = 8;

export function Characters({ film, content, studio }) {
  const edit = (change) => studio.saver.edit(change);
  const [mine, setMine] = useState([]);
  useReading(speaking, setMine, studio.refusal, []);
  const profiles = content.character_profiles;
  return html`
    <details class="characters" open=${profiles.length > 0}>
      <summary><${Icon} name="user" /> Characters <span class="tag">${profiles.length}</span></summary>
      <ul>
        ${profiles.map(
          (profile, place) => html`
          <${Character} key=${place} profile=${profile} place=${place} edit=${edit}
            voices=${studio.state.options?.voices ?? []} mine=${mine}
            piece=${film.components[characterKey(profile.name)]} />`,
        )}
      </ul>
      ${profiles.length > 0 && html`<${ReferencePicture} film=${film} profiles=${profiles} studio=${studio} />`}
      <p><button class="button quiet small" disabled=${profiles.length >= MOST} onClick=${() => edit(withNewCharacter)}>
        <${Icon} name="plus" /> Add a character</button></p>
    </details>`;
}

/** The user's own voices, where a model here speaks from a sample. */
async function speaking() {
  const { voices, why_not: reason } = await api.get("me/voices");
  return reason ? [] : voices;
}

function Character({ profile, place, edit, voices, mine, piece }) {
  const { name, image_prompt: look, voice = "", voice_character: own = "" } = profile;
  const change = (changes) => edit((now) => withCharacter(now, place, changes));
  return html`
    <li class="character">
      <div class="character-words">
        <label><span class="unseen">Name of character ${place + 1}</span>
          <input class="field" type="text" maxlength="120" value=${name}
            onChange=${({ target }) => change({ name: target.value })} /></label>
        <label><span class="unseen">How ${name} looks</span>
          <textarea class="field" rows="2" maxlength="4000" value=${look}
            onInput=${({ target }) => change({ image_prompt: target.value })}></textarea></label>
        <button class="icon-button" aria-label=${`Remove ${name}`}
          onClick=${() => edit((now) => withoutCharacter(now, place))}><${Icon} name="trash" /></button>
      </div>
      <${Select} label=${`Voice of ${name}, for lines`} value=${own || voice}
        onChange=${(chosen) => edit((now) => withVoice(now, place, chosen))}
        options=${[{ value: "", label: "One that fits" }, ...ownVoices(mine, own), ...named(voices, {})]} />
      ${piece && html`<${CharacterPicture} piece=${piece} name=${name} />`}
    </li>`;
}

/** One that was deleted stays listed while it is chosen. */
function ownVoices(mine, chosen) {
  const listed = mine.map(({ voice_id: value, name }) => ({ value, label: `${name} (your own voice)` }));
  const isGone = chosen && !mine.some(({ voice_id: id }) => id === chosen);
  return isGone ? [...listed, { value: chosen, label: "A voice of your own" }] : listed;
}

/** All pictures of scenes with this character are made with it. */
function CharacterPicture({ piece, name }) {
  const own = useOwnMaterial(piece);
  if (!piece.take) {
    return html`<p
      class="soft character-picture">Drawn once and used in every scene, for ${piece.credits} credits. <${StateTag}
        piece=${piece} /></p>`;
  }
  return html`
    <div class="character-picture" ...${own.dropTarget}>
      <${Preview} piece=${piece} url=${piece.url} small=${smallOf(piece)} name=${`Picture of ${name}`} />
      <div class="piece-words">
        <p class="piece-stand"><${StateTag} piece=${piece} /></p>
        <${PieceActions} piece=${piece} name=${`Picture of ${name}`} own=${own} />
      </div>
    </div>`;
}
