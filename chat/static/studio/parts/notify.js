// A notification of the browser's: how a film ended, to somebody who looks elsewhere. It is offered while a film is
// being made and asked for by a press of the button, never by itself.

import { Icon } from "./icons.js";
import { html, useState } from "../preact.js";

const isPossible = () => "Notification" in window && window.isSecureContext;

export function Notify() {
  const [answer, setAnswer] = useState(() => (isPossible() ? Notification.permission : "denied"));
  if (answer === "denied") return null;
  if (answer === "granted") return html`<span class="tag" role="status">You are told when it is ready</span>`;
  const ask = async () => setAnswer(await Notification.requestPermission());
  return html`
    <button class="button quiet small" onClick=${ask}><${Icon} name="bell" />Tell me when it is ready</button>`;
}

/** Only where nobody looks at the page. */
export function notify(title, text, onClick) {
  if (!document.hidden || !isPossible() || Notification.permission !== "granted") return;
  try {
    const notice = new Notification(title, { body: text, tag: title });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onClick();
    };
  } catch (problem) {
    if (problem.name !== "TypeError") throw problem; // Chrome on Android allows this to service workers alone.
  }
}
