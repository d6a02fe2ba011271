// What the studio has to say beside what it shows: a refusal, a failure. A dialog has its own, because all that lies
// behind an open one is dimmed and cannot be pressed.

import { html } from "../preact.js";
import { useStudio } from "../use_studio.js";

export function Notices() {
  const { state, studio } = useStudio();
  const dismiss = (id) => studio.dispatch({ type: "dismiss", id });
  return html`
    <div class="notices" role="alert">
      ${state.notices.map(
        ({ id, text }) => html`
        <p class="notice" key=${id}>${text} <button type="button" class="link" onClick=${() => dismiss(id)}>Dismiss
          </button></p>`,
      )}
    </div>`;
}
