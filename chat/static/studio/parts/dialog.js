// A <dialog>: the browser keeps the focus in it and gives it back. Escape, a click beside it and its button only ask
// whoever rendered it to render it no more, so that it is never closed and still there.

import { Icon } from "./icons.js";
import { Notices } from "./notices.js";
import { html, useLayoutEffect, useRef, useState } from "../preact.js";

let dialogs = 0;

export function Dialog({ title, onClose, children, wide = false }) {
  const box = useRef(null);
  const [id] = useState(() => `dialog-${++dialogs}`);
  useLayoutEffect(() => {
    const dialog = box.current;
    dialog.showModal();
    return () => dialog.close();
  }, []);
  const leave = (event) => {
    if (event.target !== box.current) return;
    event.preventDefault();
    onClose();
  };
  return html`
    <dialog ref=${box} class=${wide ? "dialog wide" : "dialog"} aria-labelledby=${id}
      onCancel=${leave} onClose=${leave} onClick=${leave}>
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id=${id}>${title}</h2>
          <button type="button" class="icon-button" aria-label="Close" onClick=${onClose}><${Icon} name="close" />
          </button>
        </header>
        ${children}
      </div>
      <${Notices} />
    </dialog>`;
}

/** A question with two answers; the careful one has the focus. It stays open until what `onYes` does is done.
 * `harmless`: nothing is lost by a yes. */
/** `lesser` is a second yes that does less, as {words, onYes}. */
export function Question({ title, children, yes, no = "Keep it", onYes, onNo, lesser, harmless = false }) {
  const [isBusy, setBusy] = useState(false);
  const saying = (act) => async () => {
    setBusy(true);
    await act();
    setBusy(false);
  };
  const kind = harmless ? "button" : "button danger";
  return html`
    <${Dialog} title=${title} onClose=${onNo}>
      <div class="dialog-words">${children}</div>
      <p class="dialog-actions">
        <button class="button quiet" autofocus onClick=${onNo}>${no}</button>
        ${
          lesser &&
          html`<button class=${kind} disabled=${isBusy} onClick=${saying(lesser.onYes)}>${lesser.words}</button>`
        }
        <button class=${kind} disabled=${isBusy} onClick=${saying(onYes)}>${yes}</button>
      </p>
    <//>`;
}
