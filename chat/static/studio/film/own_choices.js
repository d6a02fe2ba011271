// What an upload may lose in the film, to be chosen before it is put in.

import { html, useState } from "../preact.js";

export function OwnChoices({ choice, name, isBusy, onPut, onCancel }) {
  const [fit, setFit] = useState("cover");
  const [keepSound, setKeepSound] = useState(false);
  const put = (event) => {
    event.preventDefault();
    onPut({ fit, keep_sound: keepSound });
  };
  const percent = Math.round(100 * (choice.part ?? 1));
  return html`
    <form class="own-choices" onSubmit=${put} aria-label=${`How your file becomes ${name}`}>
      ${
        choice.part !== null &&
        html`
        <fieldset>
          <legend>Your picture has another shape than the film</legend>
          <label><input type="radio" name="fit" checked=${fit === "cover"}
            onChange=${() => setFit("cover")} /> Fill the frame; ${percent} % of it is seen</label>
          <label><input type="radio" name="fit" checked=${fit === "blur"}
            onChange=${() => setFit("blur")} /> Show all of it on a blurred ground</label>
        </fieldset>`
      }
      ${
        choice.sound &&
        html`
        <label><input type="checkbox" checked=${keepSound}
          onChange=${({ target }) => setKeepSound(target.checked)} /> Keep the clip’s own sound
          under the voice</label>`
      }
      <p class="piece-actions">
        <button class="button small" disabled=${isBusy}>Put it in</button>
        <button type="button" class="button quiet small" onClick=${onCancel}>Leave it</button>
      </p>
    </form>`;
}
