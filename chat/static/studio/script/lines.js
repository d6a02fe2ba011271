// What people say in a scene, in the order in which it is heard behind the narration.

import { Icon } from "../parts/icons.js";
import { html } from "../preact.js";
import { linesOf, withLine, withLineMoved, withoutLine } from "./edits.js";

const MOST = 20;

/** Each line's speaker may be a character or anybody else; an empty one is the narrator. */
export function Lines({ scene, profiles, edit }) {
  const lines = linesOf(scene);
  const add = () => {
    const speaker = nextSpeaker(scene, profiles);
    edit((now) => withLine(now, scene.index, lines.length, { speaker, text: "" }));
    focusSoon(scene, lines.length, speaker ? "textarea" : "input");
  };
  return html`
    ${
      lines.length > 0 &&
      html`<ol class="dialogue" aria-label=${`Lines of scene ${scene.index}`}>
      ${lines.map(
        (line, place) => html`
        <${Line} key=${place} line=${line} place=${place} count=${lines.length} scene=${scene} profiles=${profiles}
          edit=${edit} />`,
      )}</ol>`
    }
    <p class="dialogue-more"><button type="button" class="link" disabled=${lines.length >= MOST} onClick=${add}>
      <${Icon} name="plus" /> Add a line of dialogue</button></p>`;
}

function Line({ line, place, count, scene, profiles, edit }) {
  const change = (changes) => edit((now) => withLine(now, scene.index, place, { ...line, ...changes }));
  const move = (by) => {
    edit((now) => withLineMoved(now, scene.index, place, place + by));
    focusSoon(scene, place + by, by < 0 ? "[data-move=up]" : "[data-move=down]");
  };
  const remove = () => {
    edit((now) => withoutLine(now, scene.index, place));
    if (count > 1) focusSoon(scene, Math.min(place, count - 2), "textarea");
  };
  const name = `line ${place + 1} of scene ${scene.index}`;
  const speakers = `speakers-${scene.id}-${place}`;
  return html`
    <li class="dialogue-line" id=${`line-${scene.id}-${place}`}>
      <label><span class="unseen">Who says ${name}</span>
        <input class="field" type="text" maxlength="120" value=${line.speaker} placeholder="Narrator" list=${speakers}
          onInput=${({ target }) => change({ speaker: target.value })} /></label>
      <datalist id=${speakers}>${profiles.map(({ name: known }) => html`<option key=${known} value=${known} />`)}
      </datalist>
      <label><span class="unseen">Words of ${name}</span>
        <textarea rows="1" maxlength="1000" value=${line.text} placeholder="What is said"
          onInput=${({ target }) => change({ text: target.value })}></textarea></label>
      <span class="dialogue-acts">
        <button type="button" class="icon-button" data-move="up" disabled=${place === 0} title="Earlier"
          aria-label=${`Move ${name} up`} onClick=${() => move(-1)}><${Icon} name="up" /></button>
        <button type="button" class="icon-button" data-move="down" disabled=${place === count - 1} title="Later"
          aria-label=${`Move ${name} down`} onClick=${() => move(1)}><${Icon} name="down" /></button>
        <button type="button" class="icon-button" title="Remove" aria-label=${`Remove ${name}`} onClick=${remove}>
          <${Icon} name="trash" /></button>
      </span>
    </li>`;
}

/** In a talk of two people they take turns; else the first character of the scene begins. */
function nextSpeaker(scene, profiles) {
  const said = linesOf(scene).map(({ speaker }) => speaker);
  if (said.length > 1) return said.at(-2);
  const present = scene.characters.length ? scene.characters : profiles.map(({ name }) => name);
  return present.find((name) => !said.includes(name)) ?? "";
}

/** When the page has taken its new shape. */
const focusSoon = (scene, place, part) =>
  setTimeout(() => {
    const line = document.getElementById(`line-${scene.id}-${place}`);
    const wanted = line?.querySelector(part);
    (wanted?.disabled ? line.querySelector("textarea") : wanted)?.focus();
  });
