// What a price has to do with the film's other versions: what is not bought again, and who gets what is made.

import { html } from "../preact.js";
import { sharedInWords } from "../words/shared.js";

export function Shared({ price }) {
  const words = sharedInWords(price?.shares);
  return words ? html`<small class="shared">${words}</small>` : null;
}
