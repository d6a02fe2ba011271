// What stands in the way of the script, each with a way on.

import { Icon } from "../parts/icons.js";
import { html } from "../preact.js";
import { Writing } from "../parts/progress.js";

export function Banners({ film, studio }) {
  const { draft, script, progress } = film;
  const elsewhere = script.warnings.filter(({ field }) => !/^clips\[/.test(field));
  return html`
    ${progress?.stage === "writing_script" && html`<${Writing} film=${film} words="Rewriting the script …" />`}
    ${
      draft?.state === "conflict" &&
      html`
      <div class="banner warn" role="alert"><${Icon} name="warning" />
        <p><b>The script was changed meanwhile</b> (it is at version ${script.version}). What you wrote
          is still here, and not saved.</p>
        <div class="banner-acts">
          <button class="button small" onClick=${() => studio.saver.saveOnTop()}>Save mine over it</button>
          <button class="button quiet small" onClick=${() => studio.saver.discard()}>Take the other one</button>
        </div>
      </div>`
    }
    ${
      draft?.state === "refused" &&
      html`
      <div class="banner bad" role="alert"><${Icon} name="warning" />
        <div><b>This cannot be saved yet:</b>
          <ul>${draft.problems.map(
            ({ field, message }) =>
              html`<li key=${field + message}>${placeName(field)} ${message.replace(PREFIX, "")}.</li>`,
          )}</ul></div>
        <div class="banner-acts"><button class="button quiet small"
          onClick=${() => studio.saver.discard()}>Back to what is saved</button></div>
      </div>`
    }
    ${elsewhere.map(
      ({ field, message }) => html`<p class="banner" key=${field}><${Icon} name="warning" /> ${message}
    </p>`,
    )}`;
}

const WORDS = { script: "narration", image_prompt: "picture", video_prompt: "motion", name: "name" };

const PREFIX = /^Value error, /;

/** "Scene 2, picture:" of `clips[1].scene.image_prompt`. */
function placeName(field) {
  const [, place, name] = field.match(/clips\[(\d+)\]\.scene\.(\w+)/) ?? [];
  if (place !== undefined) return `Scene ${Number(place) + 1}, ${WORDS[name] ?? name}:`;
  const [, person] = field.match(/character_profiles\[(\d+)\]/) ?? [];
  return person === undefined ? `${field}:` : `Character ${Number(person) + 1}:`;
}
