// A new version of the film: another shape, another language, or a shorter cut. Making one buys nothing.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { languageChoices, RATIO_NAMES } from "../parts/choices.js";
import { Dialog } from "../parts/dialog.js";
import { Icon } from "../parts/icons.js";
import { html, useEffect, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";
import { clock, scenesOf } from "../words/scenes.js";
import { contentOf } from "../state/draft_state.js";
import { isSpoken, lacking, sourceOf } from "../words/versions.js";
import { OwnTranslation, useOwnTranslation } from "./own_translation.js";
import { useFamily } from "./use_family.js";

const SHAPES = ["16:9", "9:16", "1:1", "4:3", "3:4"];
const KINDS = { aspect_ratio: "Another shape", language: "Another language", scenes: "A shorter cut" };

export function NewVersion({ film }) {
  const [isOpen, setOpen] = useState(false);
  return html`
    <button type="button" class="button quiet" onClick=${() => setOpen(true)}>
      <${Icon} name="plus" />New version</button>
    ${isOpen && html`<${VersionDialog} film=${film} onClose=${() => setOpen(false)} />`}`;
}

function VersionDialog({ film, onClose }) {
  const { state, studio } = useStudio();
  const films = useFamily(film).family?.films ?? [film];
  const [kind, setKind] = useState("aspect_ratio");
  const [chosen, choose] = useState({ scenes: [] });
  const takeScenes = (scenes) => choose({ ...chosen, scenes });
  const choices = choicesOf(kind, film, films, state.options);
  const value = kind === "scenes" ? chosen.scenes : (chosen[kind] ?? choices[0]?.value);
  const isThere = kind === "language" && isSpoken(film, films, value);
  const shared = { film, films, kind, value, onClose };
  return html`
    <${Dialog} title="A new version of this film" onClose=${onClose}>
      <div class="dialog-words new-version">
        <fieldset class="choice"><legend>What differs</legend>
          <div class="radios">${Object.entries(KINDS).map(
            ([name, words]) => html`<label class="radio" key=${name}>
              <input type="radio" name="kind" checked=${kind === name} onChange=${() => setKind(name)} />
              <span>${words}</span></label>`,
          )}</div></fieldset>
        ${
          kind === "scenes"
            ? html`<${Scenes} film=${film} chosen=${chosen.scenes} choose=${takeScenes} />`
            : html`<label class="choice"><span class="legend">${KINDS[kind]}</span>
            <select class="field" value=${value}
              onChange=${({ target }) => choose({ ...chosen, [kind]: target.value })}>
              ${choices.map((one) => html`<option key=${one.value} value=${one.value}>${one.label}</option>`)}
            </select></label>`
        }
        <p class="soft">${choices.length || kind === "scenes" ? TOLD[isThere ? "there" : kind] : ALL_THERE}</p>
      </div>
      ${
        kind === "language" && !isThere
          ? html`<${Translated} key=${value} studio=${studio} options=${state.options} ...${shared} />`
          : html`<${Make} ...${shared} studio=${studio} isReady=${Boolean(value?.length)} />`
      }
    <//>`;
}

/** The button at the end; `own` is sent beside what was chosen, and forgotten when it has arrived. */
function Make({ film, kind, value, onClose, studio, isReady, stage = "production", own = null }) {
  const [isBusy, setBusy] = useState(false);
  const make = async () => {
    setBusy(true);
    await studio.attempt(async () => {
      await studio.saver.flush();
      const made = await api.post(`tasks/${film.id}/versions`, {
        [kind]: value,
        ...(own && { translation: own.text, title: own.title.trim() || undefined }),
      });
      own?.clear();
      onClose();
      studio.go({ page: "film", taskId: made.id, stage });
    });
    setBusy(false);
  };
  return html`<p class="dialog-actions">
    <button class="button" disabled=${isBusy || !isReady} onClick=${make}>
      ${isBusy ? "Making it …" : "Make it"}</button>
  </p>`;
}

/** A language that the film's words have to be translated into: by the model that writes here, or by its user. */
function Translated({ options, ...shared }) {
  const { film, films, value } = shared;
  const content = useSource(film, films);
  const own = useOwnTranslation(`${film.id}.${value}`, content);
  const translates = options?.translates !== false;
  const fields = html`<${OwnTranslation} own=${own} language=${value} source=${content?.language}
    title=${film.title} />`;
  const isReady = Boolean(value) && (own.text || (translates && !own.isBegun));
  return html`
    <div class="dialog-words">${
      translates
        ? html`<details open=${own.isBegun}><summary>I have a translation of my own</summary>${fields}</details>`
        : html`<p>No language model that translates is set up here. Give your own translation:</p>${fields}`
    }</div>
    <${Make} ...${shared} stage="script" isReady=${isReady} own=${own.text ? own : null} />`;
}

/** The script whose words are translated; null until it is there. */
export function useSource(film, films) {
  const { studio } = useStudio();
  const [content, setContent] = useState(null);
  const source = sourceOf(film, films);
  useEffect(() => {
    if (source === film.id) return setContent(contentOf(film));
    return reading(
      () => api.get(`tasks/${source}/script`),
      ({ script }) => setContent(script),
      studio.refusal,
    ).leave;
  }, [source, film.script?.version]);
  return content;
}

const TOLD = {
  aspect_ratio: "The same pictures and clips, cropped to what matters in them. It costs nothing.",
  language: "The same pictures, clips and music with other voices. You see their price before you agree to it.",
  there: "Its words and voices are there, in a version of another shape. It costs nothing.",
  scenes: "A film of these scenes alone, with everything that is there. It costs nothing.",
};
const ALL_THERE = "There is a version in each of them already.";

function choicesOf(kind, film, films, options) {
  if (kind === "scenes" || !options) return [];
  const choices =
    kind === "language"
      ? languageChoices(options)
      : SHAPES.map((shape) => ({ value: shape, label: `${RATIO_NAMES[shape]} · ${shape}` }));
  const others = lacking(
    film,
    films,
    kind,
    choices.map(({ value }) => value),
  );
  return choices.filter(({ value }) => others.includes(value));
}

function Scenes({ film, chosen, choose }) {
  const places = scenesOf(film);
  const toggle = (place) =>
    choose(chosen.includes(place) ? chosen.filter((one) => one !== place) : [...chosen, place].sort((a, b) => a - b));
  const seconds = places.reduce((sum, { scene }) => sum + (chosen.includes(scene.index) ? scene.duration : 0), 0);
  return html`
    <fieldset class="choice"><legend>Its scenes · ${clock(seconds)}</legend>
      <ul class="scene-choice">
        ${places.map(
          ({ scene }) => html`<li key=${scene.id}><label class="switch">
            <input type="checkbox" checked=${chosen.includes(scene.index)} onChange=${() => toggle(scene.index)} />
            <span>${scene.index}. ${scene.title} · ${scene.duration} s</span></label></li>`,
        )}
      </ul></fieldset>`;
}
