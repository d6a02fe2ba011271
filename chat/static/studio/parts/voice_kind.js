// Tells what kind of voice of this machine would speak: neural, trained or synthetic.

import { html } from "../preact.js";

export function VoiceKind({ kinds, language }) {
  const kind = kinds?.find((each) => each.language === language);
  if (!kind) return null;
  return html`<span class="tag" title=${kind.about}>${kind.label}</span>`;
}
