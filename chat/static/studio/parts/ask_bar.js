// Where there is no room for the chat beside the film: the bar at the foot of the page that opens it.

import { Icon } from "./icons.js";
import { html } from "../preact.js";
import { useStudio } from "../use_studio.js";

export function AskBar() {
  const { state, studio } = useStudio();
  const { film, chatOpen, unread } = state;
  if (!film) return null;
  const open = () => studio.dispatch({ type: "chat", open: true });
  return html`
    <p class="ask only-narrow">
      <button class="ask-button" data-unread=${unread > 0 || undefined} aria-expanded=${chatOpen} aria-controls="chat"
        onClick=${open}>
        <${Icon} name="chat" /><span>${wordsOf(film, unread)}</span>${unread > 0 && html`<i class="unread-mark"></i>`}
      </button>
    </p>`;
}

function wordsOf({ awaits }, unread) {
  if (unread) return `${unread} new ${unread === 1 ? "answer" : "answers"}`;
  return awaits ? "The agent is answering …" : "Ask for a change …";
}
