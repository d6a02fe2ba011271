// A secret that the server shows once, to be copied at once.

import { html, useState } from "../preact.js";

export function Secret({ label, value }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return html`
    <div class="secret"><label class="choice">
      <span class="legend">${label}. Copy it now: it is not shown again.</span>
      <input class="field wide" readonly value=${value} onFocus=${({ target }) => target.select()} /></label>
      ${
        navigator.clipboard && html`<button class="button small" onClick=${copy}>${copied ? "Copied" : "Copy"}</button>`
      }</div>`;
}
