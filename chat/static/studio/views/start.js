// How a film begins: what it is about, and how it should be.

import {
  RATIO_NAMES,
  RatioPicture,
  Radios,
  Select,
  Switch,
  CAPTION_NAMES,
  languageChoices,
  named,
  voiceChoices,
} from "../parts/choices.js";
import { besideTheText, ofExample, overruled } from "../start/begun.js";
import { USUAL_S, estimated, makingTime } from "../start/estimate.js";
import { EXAMPLES } from "../start/examples.js";
import { Icon } from "../parts/icons.js";
import { useKept } from "../state/kept.js";
import { ownServer } from "../words/makers.js";
import { capital } from "../words/pieces.js";
import { html, useRef, useState } from "../preact.js";
import { Attachment, TEXTS, attached, isText, useReference } from "../parts/reference.js";
import { TierChoice, inWords, pricesIn } from "../parts/tier_choice.js";
import { useDrop } from "../parts/drop.js";
import { given, settingsSaid, useSaid } from "../start/said.js";
import { BatchButton } from "../start/batch.js";
import { Overruled } from "../start/overruled.js";
import { Presets } from "../start/presets.js";
import { useStudio } from "../use_studio.js";
import { VoiceKind } from "../parts/voice_kind.js";
import { VoiceSample } from "../parts/voice_sample.js";

const USUAL = {
  aspect_ratio: "16:9",
  style: "cinematic",
  voice: "Rachel",
  language: "en",
  resolution: "720p",
  tier: "standard",
  captions: "soft",
  voice_over: true,
  music: true,
  character_consistency: false,
};
const LENGTHS = [15, 30, 45, 60, 90, 120];
const WAYS = [
  { value: "verbatim", label: "Word for word" },
  { value: "condensed", label: "Condensed" },
  { value: "inspired_by", label: "As inspiration" },
];
const MOST_CHARS = 8_000;
const AT_MOST = "There is room for 8,000 characters. Add a longer text as a file.";
const TINY = "72p";

export function StartView() {
  const { state, studio } = useStudio();
  const { options, ordering } = state;
  const [prompt, setPrompt] = useKept("prompt", ordering?.content ?? "");
  const [chosen, setChosen] = useKept("choices", {});
  const [example, setExample] = useKept("example", null);
  const isReading = useRef(false);
  const field = useRef(null);
  const reference = useReference();
  const words = useReference();
  const dropTarget = useDrop((file) => (file && isText(file) ? words : reference).take(file));
  const said = useSaid(prompt);
  const isSending = Boolean(ordering && !ordering.problem);
  const canSend = (prompt.trim() || words.upload) && !isSending && !reference.isLoading && !words.isLoading;
  const paste = (event) => (event.clipboardData.files.length ? reference : words).paste(event);
  const choose = (change) => {
    setChosen((before) => given({ ...before, ...change }));
    setExample((before) => before && { ...before, ...change });
  };
  const begun = ofExample(example, prompt);
  const wished = { ...USUAL, ...begun, ...said.settings, ...chosen };
  const spoken = { voice: options?.usual_voices[wished.language] ?? USUAL.voice };
  const shown = { ...USUAL, ...spoken, ...begun, ...said.settings, ...chosen };
  const length = chosen.duration ?? besideTheText(begun, said.settings).duration;

  const order = async (event) => {
    event?.preventDefault();
    if (!canSend || isReading.current) return;
    isReading.current = true;
    const left = example ? besideTheText(begun, await settingsSaid(said, prompt)) : {};
    isReading.current = false;
    const { source: mode, ...settings } = chosen;
    const way = mode && { source: { mode } };
    const metadata = { ...left, ...settings, ...way, ...attached(reference.upload), ...attached(words.upload, mode) };
    studio.say(prompt.trim() || `A film of ${words.upload.name.replace(/\.\w+$/, "")}`, { metadata, taskId: null });
    setPrompt("");
  };
  const take = (one) => {
    setPrompt(one.prompt);
    setChosen(({ duration, style, aspect_ratio, ...others }) => others);
    setExample(one);
    field.current.focus();
    field.current.scrollIntoView({ block: "center" });
  };
  return html`
    <section class="page start" aria-labelledby="start-title">
      <div class="hero">
        <h1 id="start-title">What is your film about?</h1>
        <p class="soft">Say it in your own words, or paste your own script: it is spoken as you wrote it. The script
          comes first and costs nothing; you see the price before anything is made.</p>
      </div>
      <form class="order" onSubmit=${order} ...${dropTarget}>
        <textarea ref=${field} rows="4" maxlength=${MOST_CHARS} value=${isSending ? ordering.content : prompt}
          readOnly=${isSending} autofocus
          aria-label="What the film is about"
          placeholder="A 30-second film about the first lighthouse keeper on Mars …"
          onInput=${({ target }) => setPrompt(target.value)} onPaste=${paste}
          onKeyDown=${(event) => event.key === "Enter" && (event.metaKey || event.ctrlKey) && order(event)}></textarea>
        ${
          ordering?.problem &&
          html`<p class="problem" role="alert"><${Icon} name="warning" /> ${ordering.problem}
          <button type="button" class="link" onClick=${() => studio.sayAgain(ordering)}>Send again</button>
          <button type="button" class="link" onClick=${() => {
            setPrompt(ordering.content);
            studio.takeBack(ordering.clientId);
          }}>Change it</button></p>`
        }
        ${prompt.length >= MOST_CHARS && html`<p class="soft" role="status">${AT_MOST}</p>`}
        ${said.remarks.map((remark) => html`<p class="soft" role="status" key=${remark}>${remark}</p>`)}
        <${Overruled} settings=${overruled(said.settings, chosen)} choose=${choose} />
        <div class="order-foot">
          <p class="soft">${
            options &&
            html`A film of ${shown.duration ?? USUAL_S} s costs about <b>
              ${estimated(pricesIn(options, shown.tier), shown)}</b>`
          }</p>
          <button class="button" disabled=${!canSend}>
            ${
              isSending
                ? state.link === "online"
                  ? "Sending …"
                  : "Kept until the connection is back"
                : "Write the script · free"
            }
          </button>
        </div>
      </form>
      ${
        options
          ? html`<${Examples} options=${options} take=${take} />
            <${Choices} options=${options} chosen=${{ ...shown, duration: length }} choose=${choose}
              reference=${reference} words=${words} hasWords=${said.settings.source}
              providers=${state.providers} ownModels=${state.ownModels}
              tell=${(text) => studio.tell(text)} />
            <${More} chosen=${chosen} choose=${choose} studio=${studio} />`
          : html`<div class="bone"></div><div class="bone"></div>`
      }
    </section>`;
}

function Choices({ options, chosen, choose, reference, words, hasWords, providers, ownModels, tell }) {
  const isOwn = !options.styles.includes(chosen.style);
  const lengths = [{ value: 0, label: "From my text" }, ...LENGTHS.map((value) => ({ value, label: `${value} s` }))];
  return html`
    <div class="choices">
      <${Styles} options=${options} chosen=${chosen} choose=${choose} isOwn=${isOwn} />
      <${Radios} legend="Length" name="duration" value=${chosen.duration ?? 0} options=${lengths}
        onChange=${(value) => choose({ duration: value || undefined })} />
      <${Radios} legend="Shape" name="ratio" value=${chosen.aspect_ratio}
        onChange=${(aspect_ratio) => choose({ aspect_ratio })}
        options=${options.aspect_ratios.map((value) => ({
          value,
          label: `${RATIO_NAMES[value] ?? ""} ${value}`,
          picture: html`<${RatioPicture} ratio=${value} />`,
        }))} />
      <div class="row">
        <${Select} label="Voice" value=${chosen.voice} options=${voiceChoices(options)}
          onChange=${(voice) => choose({ voice })} />
        ${
          options.voice_samples &&
          html`<${VoiceSample} voice=${chosen.voice} language=${chosen.language} onProblem=${tell} />`
        }
        ${
          providers.voice === "compatible"
            ? html`<span class="tag" title="The voices cost no credits">${ownServer(ownModels.voice)}</span>`
            : html`<${VoiceKind} kinds=${options.voice_kinds} language=${chosen.language} />`
        }
      </div>
      <${TierChoice} options=${options} value=${chosen.tier} onChange=${(tier) => choose({ tier })}
        costs=${(tier) => costsIn(pricesIn(options, tier), chosen)} />
      <div class="row level">
        <${Switch} label="Same characters throughout" hint="Everybody looks the same in every scene"
          value=${chosen.character_consistency}
          onChange=${(character_consistency) => choose({ character_consistency })} />
        <label class="button quiet small"><${Icon} name="picture" /> Reference picture
          <input type="file" accept="image/*" class="unseen" onChange=${reference.pick} /></label>
        <${Attachment} reference=${reference} />
        <label class="button quiet small"><${Icon} name="clip" /> Your own script
          <input type="file" accept=${TEXTS} class="unseen" onChange=${words.pick} /></label>
        <${Attachment} reference=${words} />
      </div>
      ${
        (words.upload || hasWords) &&
        html`<${Radios} legend="Your words" name="source" value=${chosen.source ?? "verbatim"} options=${WAYS}
        onChange=${(source) => choose({ source })} />`
      }
      <details class="more"><summary>Language, captions, music and resolution</summary>
        <div class="row">
          <${Select} label="Language" value=${chosen.language} options=${languageChoices(options)}
            onChange=${(language) => choose({ language })} />
          <${Select} label="Captions" value=${chosen.captions} options=${named(options.captions, CAPTION_NAMES)}
            onChange=${(captions) => choose({ captions })} />
          <${Switch} label="Label “Made with AI”" value=${Boolean(chosen.ai_label)}
            onChange=${(ai_label) => choose({ ai_label })} />
          <${Select} label="Resolution" value=${chosen.resolution} onChange=${(resolution) => choose({ resolution })}
            options=${named(options.resolutions, { [TINY]: "72p, for trying things out" })} />
          <${Switch} label="Voice-over" value=${chosen.voice_over} onChange=${(voice_over) => choose({ voice_over })} />
          <${Switch} label="Music" value=${chosen.music} onChange=${(music) => choose({ music })} />
        </div>
      </details>
    </div>`;
}

/** Its list is asked for when somebody looks. */
function More({ chosen, choose, studio }) {
  const [isOpen, setOpen] = useState(false);
  return html`
    <details class="more" onToggle=${({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Presets, and many films at once</summary>
      ${
        isOpen &&
        html`<${Presets} chosen=${chosen} choose=${choose} studio=${studio} />
        <p class="soft">A table as a spreadsheet saves it (CSV): a row for each film, with the columns “prompt” and,
          if you like, “duration”, “aspect_ratio”, “style” and other settings.</p>
        <${BatchButton} chosen=${chosen} studio=${studio} />`
      }
    </details>`;
}

const costsIn = (prices, chosen) => `${estimated(prices, chosen)} · ${inWords(makingTime(prices, chosen))}`;

const Styles = ({ options, chosen, choose, isOwn }) => {
  const pictures = JSON.parse(document.getElementById("looks").textContent);
  return html`
  <fieldset class="choice styles">
    <legend>Style</legend>
    <div class="looks">
      ${options.styles.map(
        (style) => html`
        <label class="look" key=${style}>
          <input type="radio" name="style" checked=${style === chosen.style} onChange=${() => choose({ style })} />
          <img src=${pictures[style]} alt="" width="320" height="200" />
          <span>${capital(style)}</span>
        </label>`,
      )}
    </div>
    <label class="own-style"><span class="soft">or your own words</span>
      <input type="text" maxlength="80" value=${isOwn ? chosen.style : ""}
        placeholder="paper cut-out, 1970s postcard …"
        onInput=${({ target }) => choose({ style: target.value.trim() ? target.value : undefined })} /></label>
  </fieldset>`;
};

const Examples = ({ options, take }) => html`
  <section class="examples" aria-labelledby="examples-title">
    <h2 id="examples-title">Or begin with one of these</h2>
    <ul>
      ${EXAMPLES.map(
        (example) => html`
        <li key=${example.prompt}><button type="button" class="example" onClick=${() => take(example)}>
          <b>${example.name}</b><span>${example.prompt}</span>
          <small>${example.duration} s · ${example.aspect_ratio} · ${example.style}
            <br />about ${estimated(options.prices, example)}</small>
        </button></li>`,
      )}
    </ul>
  </section>`;
