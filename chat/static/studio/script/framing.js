// What of a scene's picture a film of another shape shows: a frame to move over it, and how the film's frame is filled.

import { html, useRef, useState } from "../preact.js";
import { useWindow } from "./use_window.js";
import { axisOf, placeAt, within } from "./window.js";

const FILLS = [
  ["auto", "As it fits"],
  ["crop", "Cropped"],
  ["blur", "On blurred ground"],
  ["bars", "With black bars"],
  ["new", "Made anew"],
];
const STEP = 0.01;

/** True where the film is cropped from pictures of another shape. */
const isReframed = ({ filmed_in: filmed, aspect_ratio: shape }) => Boolean(filmed) && filmed !== shape;

/** The shape that a scene's picture is made in. */
export const shapeOf = (content, scene) =>
  isReframed(content) && scene.fill !== "new" ? content.filmed_in : content.aspect_ratio;

const isWhole = ({ fill }, found) => ["new", "blur", "bars"].includes(fill) || Boolean(found && found.fill !== "crop");

/** Over a scene's picture: what of it is shown, to be dragged; where nobody put it, as it was found in the clip. */
export function Frame({ scene, content, piece, change }) {
  const found = useWindow(piece);
  const [moved, setMoved] = useState(null);
  const held = useRef(null);
  if (!isReframed(content) || isWhole(scene, found)) return null;
  const { axis, part } = axisOf(content);
  const isChosen = typeof scene.focus === "object";
  const middle = within(moved ?? (isChosen ? scene.focus[axis] : middleOf(found, part)), part);
  const put = (place) => {
    setMoved(null);
    change({ focus: { x: 0.5, y: 0.5, [axis]: Math.round(within(place, part) * 1000) / 1000 } });
  };
  const at = ({ clientX, clientY }) => (axis === "x" ? clientX : clientY);
  const down = (event) => {
    if (event.button) return;
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { width, height } = event.currentTarget.parentElement.getBoundingClientRect();
    held.current = { from: at(event), middle, whole: axis === "x" ? width : height };
  };
  const move = (event) =>
    held.current && setMoved(within(held.current.middle + (at(event) - held.current.from) / held.current.whole, part));
  const up = () => {
    held.current = null;
    if (moved !== null) put(moved);
  };
  const off = () => {
    held.current = null;
    setMoved(null);
  };
  const key = (event) => {
    if (event.key === "Escape") return off();
    const by = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1, PageUp: -10, PageDown: 10 }[event.key];
    const end = { Home: 0, End: 1 }[event.key];
    if (by === undefined && end === undefined) return undefined;
    event.preventDefault();
    return put(end ?? middle + (event.shiftKey ? 10 : 1) * by * STEP);
  };
  const [begin, long] = axis === "x" ? ["left", "width"] : ["top", "height"];
  const share = Math.round((100 * (middle - part / 2)) / (1 - part));
  return html`<span class="frame" role="slider" tabindex="0" data-axis=${axis} data-found=${!isChosen || undefined}
    style=${{ [begin]: percent(middle - part / 2), [long]: percent(part) }} title="Drag, or use the arrow keys"
    aria-label=${`What is shown of scene ${scene.index}`} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${share}
    aria-orientation=${axis === "x" ? "horizontal" : "vertical"}
    aria-valuetext=${isChosen ? `${share} %` : `${share} %, found in the clip`} onPointerDown=${down}
    onPointerMove=${move} onPointerUp=${up} onPointerCancel=${off} onKeyDown=${key}></span>`;
}

/** Of the window as it is at the clip's beginning, which is what the picture shows. */
const middleOf = (found, part) => (found?.axis ? placeAt(found, 0) + part / 2 : 0.5);

const percent = (part) => `${100 * part}%`;

/** Under a scene's picture: how its frame is filled, and back to what is found in the clip. */
export function Framing({ scene, content, piece, change }) {
  const found = useWindow(piece);
  if (!isReframed(content)) return null;
  const fill = ({ target }) => change({ fill: target.value });
  const isChosen = typeof scene.focus === "object";
  return html`
    <div class="framing">
      <label><span class="unseen">How scene ${scene.index} fills the frame</span>
        <select value=${scene.fill ?? "auto"} onChange=${fill}>
          ${FILLS.map(
            ([name, told]) => html`<option key=${name} value=${name} selected=${name === (scene.fill ?? "auto")}>
            ${told}</option>`,
          )}
        </select></label>
      ${
        !isWhole(scene, found) &&
        (isChosen
          ? html`<button class="link" onClick=${() => change({ focus: "auto" })}>Follow what matters again</button>`
          : html`<small>The frame follows what matters. Drag it to choose yourself.</small>`)
      }
      ${scene.fill === "new" && html`<small>A picture and a clip in this shape, at their price.</small>`}
      ${
        (scene.fill ?? "auto") === "auto" &&
        found?.fill === "blur" &&
        html`<small>What matters is wider than the frame: it is shown whole, on a blurred ground.</small>`
      }
    </div>`;
}
