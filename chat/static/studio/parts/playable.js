// A film, a clip or a sound that is one stop for the keyboard until it is opened: its play button. From then on it has
// the browser's own controls, which are seven.

import { Icon } from "./icons.js";
import { html, useEffect, useRef, useState } from "../preact.js";

/** `media` is a ref to its element, where somebody else needs it; what is not named goes to the element. */
export function Playable({ tag = "video", media, name, children, ...more }) {
  const own = useRef(null);
  const element = media ?? own;
  const [isOpen, setOpen] = useState(false);
  useEffect(() => void (isOpen && start(element.current)), [isOpen]);
  return html`
    <${tag} ref=${element} controls=${isOpen} playsinline preload="metadata" aria-label=${name} ...${more}>
      ${children}
    <//>
    ${
      !isOpen &&
      html`
      <button type="button" class="open-play" aria-label=${`Play ${name}`} onClick=${() => setOpen(true)}>
        <${Icon} name="play" />
      </button>`
    }`;
}

/** A browser that refuses to play unasked still shows the controls. */
function start(element) {
  element.focus();
  element.play().catch((problem) => console.info(problem.message));
}
