// What holds for the whole film.

import { CAPTION_NAMES, RATIO_NAMES, Select, Switch, named, voiceChoices } from "../parts/choices.js";
import { ModelChoices } from "../parts/model_choice.js";
import { OwnVoice } from "./own_voice.js";
import { Pronunciations } from "../parts/pronunciations.js";
import { Untranslated } from "../parts/untranslated.js";
import { capital } from "../words/pieces.js";
import { html, useEffect, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";
import { VoiceKind } from "../parts/voice_kind.js";
import { VoiceSample } from "../parts/voice_sample.js";

const MUSIC_LEVELS = new Map([
  [-12, "Much quieter"],
  [-6, "Quieter"],
  [0, "As usual"],
  [3, "Louder"],
  [6, "Much louder"],
]);

export function Settings({ film, studio }) {
  const { state } = useStudio();
  const { options } = state;
  const { settings } = film;
  if (!options) return null;
  const set = (name) => (value) => studio.change({ [name]: value });
  const styles = [...new Set([settings.style, ...options.styles])].map((value) => ({ value, label: capital(value) }));
  return html`
    <div class="panel" role="group" aria-label="Settings of the film">
      <${Title} film=${film} studio=${studio} />
      <div class="row">
        <${Select} label="Style" value=${settings.style} options=${styles} onChange=${set("style")} />
        <${Select} label="Shape" value=${settings.aspect_ratio}
          options=${options.aspect_ratios.map((value) => ({ value, label: `${RATIO_NAMES[value] ?? ""} ${value}` }))}
            onChange=${set("aspect_ratio")} />
        <${Select} label="Resolution" value=${settings.resolution} options=${named(options.resolutions, {})}
          onChange=${set("resolution")} />
        <${Select} label="Captions" value=${settings.captions} options=${named(options.captions, CAPTION_NAMES)}
          onChange=${set("captions")} />
        <${Switch} label="Label “Made with AI”" hint="In the corner of what was generated, never over your own footage"
          value=${Boolean(settings.ai_label)} onChange=${set("ai_label")} />
        <${Select} label="Voice" value=${settings.voice} options=${voiceChoices(options)}
          onChange=${set("voice")} />
        ${
          options.voice_samples &&
          html`<${VoiceSample} voice=${settings.voice} language=${settings.language}
            onProblem=${(text) => studio.tell(text)} />`
        }
        <${VoiceKind} kinds=${options.voice_kinds} language=${settings.language} />
        <${Switch} label="Voice-over" value=${settings.voice_over} onChange=${set("voice_over")} />
        <${Switch} label="Music" value=${settings.music} onChange=${set("music")} />
        ${
          settings.music &&
          html`<${Select} label="Loudness of the music" value=${settings.music_level_db}
            options=${levels(settings.music_level_db)} onChange=${(level) => set("music_level_db")(Number(level))} />`
        }
        <${Switch} label="Same characters throughout" value=${settings.character_consistency}
          onChange=${set("character_consistency")} />
      </div>
      <${ModelChoices} options=${options} settings=${settings} onChange=${(changes) => studio.change(changes)} />
      <${OwnVoice} settings=${settings} studio=${studio} />
      <${Sayings} settings=${settings} studio=${studio} />
      <${KeptWords} settings=${settings} studio=${studio} />
      <p class="soft">Pieces that no longer fit stay in the film until you update them. The price is
        shown below. For another length or language, say so in the chat: the script is then rewritten.
        ${film.components.fullvideo?.take ? ` ${BESIDE}` : ""}</p>
    </div>`;
}

const BESIDE = "Beside this film, another shape or language is a new version, on its page: shapes are free.";

function Sayings({ settings, studio }) {
  const entries = settings.pronunciations ?? [];
  return html`
    <details class="sayings">
      <summary>How names are said${entries.length > 0 && ` (${entries.length})`}</summary>
      <${Pronunciations} entries=${entries} onChange=${(pronunciations) => studio.change({ pronunciations })}>
        <p class="soft">Write a word as the narration has it, and as it sounds, the stressed syllable in capitals.
          Only what is spoken changes; captions and script keep the word.</p>
      <//>
    </details>`;
}

function KeptWords({ settings, studio }) {
  const words = settings.untranslated ?? [];
  return html`
    <details class="sayings">
      <summary>Words that are never translated${words.length > 0 && ` (${words.length})`}</summary>
      <${Untranslated} words=${words} onChange=${(untranslated) => studio.change({ untranslated })}>
        <p class="soft">They stay as they are where this film is translated, beside those of your account.</p>
      <//>
    </details>`;
}

/** In decibels against the usual level; what the agent was asked for may lie between the named ones. */
function levels(chosen) {
  const all = [...new Set([...MUSIC_LEVELS.keys(), chosen])].sort((one, other) => one - other);
  return all.map((value) => ({ value, label: MUSIC_LEVELS.get(value) ?? `${value > 0 ? "+" : ""}${value} dB` }));
}

function Title({ film, studio }) {
  const [title, setTitle] = useState(film.title);
  useEffect(() => setTitle(film.title), [film.title]);
  const save = () => title.trim() && title !== film.title && studio.change({ title: title.trim() });
  return html`<label class="choice"><span class="legend">Title</span>
    <input class="field wide" type="text" maxlength="200" value=${title}
      onInput=${({ target }) => setTitle(target.value)} onChange=${save} /></label>`;
}
