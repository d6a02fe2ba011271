// Something on the strip that is dragged: by a finger or mouse, or by the arrow keys (Shift: ten frames).

import { html, useRef, useState } from "../preact.js";

/** `by` is told in frames while it is dragged (`onMove`), and once at the end (`onEnd`); `room` is [least, most]. */
export function Dragged({ class: name, label, text, now, room, perFrame, onMove, onEnd, style, children, disabled }) {
  const from = useRef(null);
  const [held, setHeld] = useState(false);
  const within = (by) => Math.min(Math.max(by, room[0]), room[1]);
  const byOf = (event) => within(Math.round((event.clientX - from.current) / perFrame()));
  const down = (event) => {
    if (event.button || disabled) return;
    from.current = event.clientX;
    event.currentTarget.setPointerCapture(event.pointerId);
    setHeld(true);
  };
  const move = (event) => held && onMove(byOf(event));
  const up = (event) => {
    if (!held) return;
    setHeld(false);
    onEnd(byOf(event));
  };
  const off = () => {
    setHeld(false);
    onMove(0);
  };
  const key = (event) => {
    const step = event.shiftKey ? 10 : 1;
    const by = { ArrowLeft: -step, ArrowRight: step, PageDown: -10, PageUp: 10, Home: room[0], End: room[1] }[
      event.key
    ];
    if (event.key === "Escape" && held) return off();
    if (by === undefined) return undefined;
    event.preventDefault();
    if (within(by)) onEnd(within(by), { soon: true });
    return undefined;
  };
  return html`
    <div class=${name} role="slider" tabindex=${disabled ? -1 : 0} aria-label=${label} aria-valuetext=${text}
      aria-valuenow=${now} aria-valuemin=${now + room[0]} aria-valuemax=${now + room[1]} aria-disabled=${disabled}
      data-held=${held || undefined} style=${style} onPointerDown=${down} onPointerMove=${move} onPointerUp=${up}
      onPointerCancel=${off} onKeyDown=${key}>${children}</div>`;
}
