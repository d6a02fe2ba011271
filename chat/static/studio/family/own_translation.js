// A translation that its user makes: a field for each text that is spoken, or a table or subtitles from elsewhere. It
// is kept in the browser until it is sent.

import { html } from "../preact.js";
import { useKept } from "../state/kept.js";
import { decoded, spokenTexts, tableOf, untranslated } from "../words/translation.js";
import { useStudio } from "../use_studio.js";

const MOST = 60_000;
const TOO_LONG = "This file is too long for a translation: at most 60,000 characters are read.";
const NOTHING = { said: {}, pasted: "", title: "", titles: {} };
const TABLE =
  "A row for each scene: its number or its words; the translation. A column “Title” has titles. " +
  "Or subtitles (SRT, VTT).";

/**
 * {texts, said, pasted, lacking, text, set}: `text` is what the server is sent, empty while something lacks. Of the
 * `places` in `only` the title alone is to be translated.
 */
export function useOwnTranslation(name, content, places = null, only = []) {
  const [{ said, pasted, title, titles = {} }, set] = useKept(`translation.${name}`, NOTHING);
  const isSpoken = (place) => (!places || places.includes(place)) && !only.includes(place);
  const texts = content ? spokenTexts(content).filter(({ place }) => isSpoken(place)) : [];
  const scenes = (content?.clips ?? [])
    .map(({ scene }) => scene)
    .filter(({ index }) => !places || places.includes(index));
  const lacking = pasted.trim() ? [] : untranslated(texts, said);
  const text = pasted.trim() ? pasted : lacking.length ? "" : tableOf(texts, said, titles);
  const isBegun = Boolean(pasted.trim()) || lacking.length < texts.length;
  const isTitled = only.length > 0;
  return {
    texts,
    scenes,
    said,
    pasted,
    title,
    titles,
    isTitled,
    lacking,
    text,
    isBegun,
    set,
    clear: () => set(NOTHING),
  };
}

/** With a `title`, the film's can be translated too. */
export function OwnTranslation({ own, language, source, title }) {
  const { studio } = useStudio();
  const { texts, said, pasted, lacking, set } = own;
  const paste = (words) => set((before) => ({ ...before, pasted: words }));
  const pick = async ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (!file) return;
    const words = decoded(await file.arrayBuffer());
    if (words.length > MOST) studio.tell(TOO_LONG);
    else paste(words);
  };
  return html`
    <div class="own-translation">
      ${
        title &&
        html`<label class="choice"><span class="legend">Title</span>
          <input type="text" class="field wide" maxlength="200" lang=${language} placeholder=${title} value=${own.title}
            onInput=${({ target }) => set((before) => ({ ...before, title: target.value }))} /></label>`
      }
      ${
        !pasted.trim() &&
        html`<ol>${texts.map(
          ({ key, title, speaker, text }) => html`<li key=${key}><label>
            <span class="legend">${key}. ${speaker || title}</span><q lang=${source}>${text}</q>
            <textarea class="field" rows="2" maxlength="1000" lang=${language} value=${said[key] ?? ""}
              onInput=${({ target }) =>
                set((before) => ({ ...before, said: { ...before.said, [key]: target.value } }))}></textarea>
          </label></li>`,
        )}</ol>
        <${Titles} own=${own} language=${language} />`
      }
      <label class="choice"><span class="legend">${
        pasted.trim() ? "Your table or subtitles" : "Or paste a table or subtitles"
      }</span>
        <textarea class="field" rows=${pasted.trim() ? 8 : 2} maxlength=${MOST} placeholder=${TABLE} value=${pasted}
          onInput=${({ target }) => paste(target.value)}></textarea></label>
      <p class="own-translation-acts"><label class="button quiet small">Choose a file (SRT, VTT, CSV)
        <input type="file" class="unseen" accept=".srt,.vtt,.csv,.tsv,.txt,text/*" onChange=${pick} /></label>
        ${
          pasted.trim() &&
          html`<button type="button" class="button quiet small" onClick=${() => paste("")}>Write it scene by scene
          </button>`
        }
        <span class="soft" role="status">${lacking.length > 0 && standing(lacking.length, texts.length)}</span></p>
    </div>`;
}

/** What is left empty stays, in the version that there is or, in a new one, as in its source. */
const Titles = ({ own: { scenes, titles, isTitled, set }, language }) => html`
  <details class="own-titles" open=${isTitled}><summary>Titles of the scenes${isTitled ? "" : " (optional)"}</summary>
    <p class="soft">They are in the script and the takeaway. One that is left empty stays as it is.</p>
    ${scenes.map(
      ({ id, index, title }) => html`<label key=${id} class="choice"><span class="legend">${index}. ${title}</span>
        <input type="text" class="field wide" maxlength="120" lang=${language} value=${titles[index] ?? ""}
          onInput=${({ target }) =>
            set((before) => ({ ...before, titles: { ...before.titles, [index]: target.value } }))} /></label>`,
    )}
  </details>`;

const standing = (lacking, all) =>
  lacking === all
    ? `${all === 1 ? "1 text" : `${all} texts`} to translate.`
    : `${lacking} of ${all} texts ${lacking === 1 ? "is" : "are"} not translated yet.`;
