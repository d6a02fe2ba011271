// A translation whose source says something else by now: which scenes, and the way to translate just those: by the
// model that writes here, or by its user.

import * as api from "../wire/api.js";
import { Dialog } from "../parts/dialog.js";
import { html, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";
import { useSource } from "./new_version.js";
import { OwnTranslation, useOwnTranslation } from "./own_translation.js";

/** `titles` are those of the places whose title alone was changed: nothing new is spoken there. */
export function TranslateAgain({ film, films, places, titles, read }) {
  const { state, studio } = useStudio();
  const [isBusy, setBusy] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const translate = async (body) => {
    setBusy(true);
    const isDone = await studio.attempt(async () => {
      await studio.saver.flush();
      await api.post(`tasks/${film.id}/translation`, body);
      await read();
      return true;
    });
    setBusy(false);
    return isDone;
  };
  const translates = state.options?.translates !== false;
  const one = places.length === 1;
  const them = one ? "it" : "them";
  return html`
    <div class="notice where" role="status">
      <p>${one ? "1 scene" : `${places.length} scenes`} to translate again:
        ${changed(places, titles)} in the film that this one comes from.</p>
      <p class="where-acts">
        ${
          translates &&
          html`<button class="button small" disabled=${isBusy || film.run} onClick=${() => translate({})}>
            Translate ${them} · 0 credits</button>`
        }
        <button class=${translates ? "button quiet small" : "button small"} disabled=${isBusy || film.run}
          onClick=${() => setOpen(true)}>Translate ${them} yourself …</button>
        ${
          titles.length < places.length &&
          html`<span class="soft">Then you see the price of the new ${
            places.length - titles.length === 1 ? "voice" : "voices"
          }.</span>`
        }</p>
      ${
        isOpen &&
        html`<${Yourself} film=${film} films=${films} places=${places} titles=${titles}
          isBusy=${isBusy} send=${translate} onClose=${() => setOpen(false)} />`
      }
    </div>`;
}

function changed(places, titles) {
  const words = places.filter((place) => !titles.includes(place));
  const told = [
    words.length > 0 && `the words of ${listed(words)}`,
    titles.length > 0 && `the ${titles.length === 1 ? "title" : "titles"} of ${listed(titles)}`,
  ].filter(Boolean);
  return `${told.join(" and ")} ${words.length || titles.length > 1 ? "were" : "was"} changed`;
}

const listed = (places) => `${places.length === 1 ? "scene" : "scenes"} ${places.join(", ")}`;

function Yourself({ film, films, places, titles, isBusy, send, onClose }) {
  const content = useSource(film, films);
  const own = useOwnTranslation(`${film.id}.again`, content, places, titles);
  const save = async () => {
    if (!(await send({ translation: own.text }))) return;
    own.clear();
    onClose();
  };
  return html`
    <${Dialog} title="What was changed, in your words" onClose=${onClose}>
      <${OwnTranslation} own=${own} language=${film.settings.language} source=${content?.language} />
      <p class="dialog-actions"><button class="button" disabled=${isBusy || !own.text} onClick=${save}>
        ${isBusy ? "Saving …" : "Take it"}</button></p>
    <//>`;
}
