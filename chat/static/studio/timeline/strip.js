// The timeline under the film: scenes with their borders, voices, music, captions. What is done to it is an edit of the
// script, is heard and seen at once in the preview, and is taken back by the script's own undo.

import { Icon } from "../parts/icons.js";
import { html, useRef, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";
import { clock } from "../words/scenes.js";
import { withBorder } from "./edits.js";
import { Inspector } from "./inspector.js";
import { laidOut } from "./layout.js";
import { Music, Captions } from "./bands.js";
import { Preview } from "./preview.js";
import { Scenes } from "./scenes_row.js";
import { useTimeline } from "./use_timeline.js";
import { Voices } from "./voices_row.js";
import { contentOf } from "../state/draft_state.js";

export function TimelineStrip({ film, chosen, choose }) {
  const { timeline, sounds, problem } = useTimeline(film);
  if (problem) return html`<p class="problem" role="alert">The timeline cannot be shown. ${problem}</p>`;
  if (!timeline)
    return html`<section class="bone timeline-bone" aria-busy="true" aria-label="The timeline is loaded"></section>`;
  return html`<${Editor} film=${film} told=${timeline} sounds=${sounds} chosen=${chosen} choose=${choose} />`;
}

function Editor({ film, told, sounds, chosen, choose }) {
  const { studio } = useStudio();
  const lines = useRef(null);
  const [pending, setPending] = useState(null);
  const [at, setAt] = useState(0);
  const content = contentOf(film);
  const timeline = pending ? laidOut(told, withBorder(content, told, pending.place, pending.by)) : told;
  const perFrame = () => lines.current.clientWidth / told.frames;
  const act = (edit, { soon = false } = {}) => {
    setPending(null);
    studio.saver.edit(edit);
    if (!soon) studio.saver.flush();
  };
  const shared = { film, timeline, sounds, chosen, choose, act, perFrame };
  const width = { minWidth: `${Math.max((timeline.frames / timeline.fps) * 1.6, timeline.scenes.length * 4)}rem` };
  return html`
    <section class="timeline" aria-labelledby="timeline-title">
      <${Head} film=${film} timeline=${timeline} studio=${studio} />
      <${Refused} film=${film} studio=${studio} />
      <${Preview} film=${film} timeline=${told} at=${at} setAt=${setAt} choose=${choose} />
      <div class="timeline-scroll" tabindex="0" role="group" aria-label="Strip of the timeline">
        <div class="timeline-lines" ref=${lines} style=${width}>
          <${Scenes} ...${shared} setPending=${setPending} />
          <${Voices} ...${shared} />
          <${Music} ...${shared} />
          <${Captions} timeline=${timeline} />
          <i class="timeline-needle" style=${{ left: `${(100 * at) / timeline.frames}%` }}></i>
        </div>
      </div>
      <${Inspector} key=${chosen} ...${shared} />
    </section>`;
}

function Head({ film, timeline, studio }) {
  const { past, future } = film.history;
  const saving = { unsaved: "Saving soon …", saving: "Saving …", waiting: "Kept until Pixora can be reached" };
  return html`
    <header class="timeline-head">
      <h2 id="timeline-title">Timeline</h2>
      <p class="soft" role="status">${
        saving[film.draft?.state] ?? `${clock(Math.round(timeline.frames / timeline.fps))} · edits cost nothing`
      }</p>
      <button class="icon-button" aria-label="Undo the last edit" title="Undo" disabled=${
        !past.length || film.restoring
      } onClick=${() => studio.saver.step("undo")}><${Icon} name="undo" /></button>
      <button class="icon-button" aria-label="Redo" title="Redo" disabled=${
        !future.length || film.restoring
      } onClick=${() => studio.saver.step("redo")}><${Icon} name="redo" /></button>
    </header>`;
}

function Refused({ film, studio }) {
  const { draft, script } = film;
  if (!["refused", "conflict"].includes(draft?.state)) return null;
  const words =
    draft.state === "conflict"
      ? `The script was changed meanwhile; it is at version ${script.version}.`
      : draft.problems.map(({ message }) => message.replace(/^Value error, /, "")).join("; ");
  return html`
    <p class="banner bad" role="alert"><${Icon} name="warning" /> <span>Not saved: ${words}</span>
      ${
        draft.state === "conflict" &&
        html`<button class="button small" onClick=${() => studio.saver.saveOnTop()}>Save mine over it</button>`
      }
      <button class="button quiet small" onClick=${() => studio.saver.discard()}>Back to what is saved</button></p>`;
}
