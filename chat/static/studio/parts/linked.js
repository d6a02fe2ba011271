// What the agent says, with the addresses of films in it as links.

import { followed } from "./links.js";
import { html } from "../preact.js";

const FILM = /(\/films\/task_[a-z0-9]+\/)/;

export function Linked({ text, studio }) {
  return text.split(FILM).map((part) => {
    const taskId = part.match(/^\/films\/(task_[a-z0-9]+)\/$/)?.[1];
    if (!taskId) return part;
    const route = { page: "film", taskId, stage: null };
    return html`<a href=${part} onClick=${(event) => followed(event, studio, route)}>${part}</a>`;
  });
}
