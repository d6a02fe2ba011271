// A <dialog>: the browser keeps the focus in it, closes it on Escape and gives the focus back.

import { Icon } from "./icons.js";
import { html, useEffect, useRef, useState } from "./preact.js";

let dialogs = 0;

export function Dialog({ title, onClose, children, wide = false }) {
  const box = useRef(null);
  const [id] = useState(() => `dialog-${++dialogs}`);
  useEffect(() => {
    const opener = document.activeElement;
    box.current.showModal();
    return () => opener?.isConnected && opener.focus();
  }, []);
  return html`
    <dialog ref=${box} class=${wide ? "dialog wide" : "dialog"} aria-labelledby=${id} onClose=${onClose}
      onClick=${(event) => event.target === box.current && box.current.close()}>
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id=${id}>${title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick=${() => box.current.close()}><${Icon} name="close" /></button>
        </header>
        ${children}
      </div>
    </dialog>`;
}

/** A question with two answers; the careful one has the focus. */
export function Question({ title, children, yes, no = "Keep it", onYes, onNo }) {
  return html`
    <${Dialog} title=${title} onClose=${onNo}>
      <div class="dialog-words">${children}</div>
      <p class="dialog-actions">
        <button class="button quiet" autofocus onClick=${onNo}>${no}</button>
        <button class="button danger" onClick=${onYes}>${yes}</button>
      </p>
    <//>`;
}
