// What stands where a list could not be read: why, and a button that reads it again.

import { html } from "../preact.js";

/** Nothing where there is no problem. */
export const Unread = ({ list: { problem, again, isLoading } }) =>
  problem &&
  html`
    <p class="problem" role="alert">${problem} <button type="button" class="link" disabled=${isLoading}
      onClick=${again}>Try again</button></p>`;
