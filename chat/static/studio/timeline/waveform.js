// The outline of a voice, without what is taken out of it.

import { html } from "../preact.js";
import { heardOf } from "./layout.js";

const HIGH = 24;

/** As wide as what is heard; `outline` may not be there yet. */
export function Waveform({ voice, outline }) {
  if (!outline?.peaks.length) return null;
  const { peaks, peaks_per_s: each } = outline;
  const heard = heardOf(voice).flatMap(({ from, to }) => peaks.slice(Math.round(from * each), Math.round(to * each)));
  const top = Math.max(...heard, 1);
  const line = (sign) => heard.map((peak, at) => `${at},${(HIGH * (1 - (sign * peak) / top)).toFixed(1)}`);
  const path = `M${[...line(0.92), ...line(-0.92).reverse()].join("L")}Z`;
  const seams = heardOf(voice)
    .slice(1)
    .map(({ after }) => after * each);
  return html`
    <svg class="wave" viewBox=${`0 0 ${Math.max(heard.length - 1, 1)} ${2 * HIGH}`} preserveAspectRatio="none"
      aria-hidden="true">
      <path d=${path} />
      ${seams.map((at) => html`<line key=${at} x1=${at} x2=${at} y1="0" y2=${2 * HIGH} />`)}
    </svg>`;
}
