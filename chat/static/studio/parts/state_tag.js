// How a piece stands, in a word; while it is being made, for how much longer.

import { html, useEffect, useState } from "../preact.js";
import { STATES, stateOf } from "../words/scenes.js";

const LOOK_MS = 1000;

export function StateTag({ piece }) {
  const state = stateOf(piece);
  return html`<span class="state" data-state=${state}>${STATES[state]}
    ${state === "making" && html`<${Left} piece=${piece} />`}</span>`;
}

/** It looks at the clock by itself, so that nothing around it is drawn anew each second. */
function Left({ piece: { seconds, started_at: startedAt } }) {
  const left = () => Math.round(seconds - (Date.now() - Date.parse(startedAt)) / 1000);
  const [, look] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => look((count) => count + 1), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return startedAt && seconds && left() > 0 ? html`<small> · ${left()} s</small>` : null;
}
