// A voice of the user's own for the narration: a sample is uploaded with their word, chosen, heard and deleted.

import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";
import * as api from "../wire/api.js";
import { useReading } from "../wire/arriving.js";

export function OwnVoice({ settings, studio }) {
  const [mine, setMine] = useState(null);
  const look = () => studio.attempt(async () => setMine(await api.get("me/voices")));
  useReading(() => api.get("me/voices"), setMine, studio.refusal, []);
  const chosen = settings.voice_character ?? "";
  const use = (voice_character) => studio.change({ voice_character });
  const drop = async ({ voice_id: id }) => {
    if (id === chosen) await use("");
    await studio.attempt(() => api.remove(`me/voices/${id}`));
    await look();
  };
  if (!mine) return null;
  return html`
    <details class="sayings own-voices">
      <summary>A voice of your own</summary>
      ${mine.why_not && html`<p class="soft">${mine.why_not}</p>`}
      ${
        mine.voices.length > 0 &&
        html`<ul class="said-list">${mine.voices.map(
          (voice) => html`<${Row} key=${voice.voice_id} voice=${voice} isChosen=${voice.voice_id === chosen}
            use=${use} drop=${drop} named=${settings.voice} canSpeak=${!mine.why_not} />`,
        )}</ul>`
      }
      <${NewVoice} agreeTo=${mine.agree_to} studio=${studio} kept=${look} />
    </details>`;
}

function Row({ voice, isChosen, use, drop, named, canSpeak }) {
  const { voice_id: id, name } = voice;
  const since = new Date(voice.agreed_at).toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  return html`
    <li><span><b>${name}</b>, ${Math.round(voice.duration_ms / 1000)} s, since ${since}</span>
      <span class="row">
        <audio controls preload="none" src=${`/api/v1/me/voices/${id}/sample`}
          aria-label=${`Sample of ${name}`}></audio>
        ${
          isChosen
            ? html`<button type="button" class="button small" onClick=${() => use("")}>Use ${named} instead</button>`
            : html`<button type="button" class="button small" disabled=${!canSpeak} onClick=${() => use(id)}>
                Use for this film</button>`
        }
        <button type="button" class="button quiet small" aria-label=${`Delete ${name}`} onClick=${() => drop(voice)}>
          <${Icon} name="close" /> Delete</button>
      </span>
    </li>`;
}

function NewVoice({ agreeTo, studio, kept }) {
  const [file, setFile] = useState(null);
  const [name, setName] = useState("");
  const [mayUse, setMayUse] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const keep = async (event) => {
    event.preventDefault();
    setBusy(true);
    const made = await studio.attempt(async () => {
      const { upload_id } = await api.upload(file, "sound");
      return api.post("me/voices", { upload_id, name: name.trim() || "My voice", may_use: mayUse });
    });
    setBusy(false);
    if (!made) return;
    setFile(null);
    setName("");
    setMayUse(false);
    await kept();
  };
  return html`
    <form class="own-voice-form" onSubmit=${keep}>
      <p class="soft">Upload 5 to 60 seconds in which one person speaks clearly, without music.</p>
      <div class="row">
        <label class="button quiet small"><${Icon} name="sound" /> ${file ? file.name : "Choose a recording"}
          <input type="file" accept="audio/*" class="unseen" onChange=${({ target }) => setFile(target.files[0])} />
        </label>
        <label class="choice"><span class="legend">Name of the voice</span>
          <input class="field" type="text" maxlength="80" value=${name} placeholder="My voice"
            onInput=${({ target }) => setName(target.value)} /></label>
      </div>
      <label class="switch"><input type="checkbox" checked=${mayUse}
        onChange=${({ target }) => setMayUse(target.checked)} /><span>${agreeTo}</span></label>
      <button class="button" disabled=${!file || !mayUse || isBusy}>
        ${isBusy ? "Checking …" : "Keep this voice"}</button>
    </form>`;
}
