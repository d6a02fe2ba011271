// The scenes in their order, grouped by the music they share; moved by mouse or with the arrow keys.

import { contentOf } from "../state/draft_state.js";
import { Icon } from "../parts/icons.js";
import { html, useRef, useState } from "../preact.js";
import { moved, musicBeginsAt, musicJoined, scenesOf, withMusic, withScene, withSilence } from "./edits.js";
import { SceneCard } from "./scene_card.js";
import { Transition } from "./transition.js";

const MOST_SCENES = 60;

export function Scenes({ film, content, studio }) {
  const scenes = scenesOf(content);
  const edit = (change) => studio.saver.edit(change);
  const drag = useDrag((from, to) => move(studio, from, to));
  const add = (after) => {
    const id = Math.max(film.nextSceneId, ...scenes.map((scene) => scene.id + 1));
    edit((now) => withScene(now, after, id));
    focusSoon(`#scene-${id} .scene-title`);
  };
  const hasMusic = film.settings.music !== false;
  return html`
    ${
      !hasMusic &&
      html`<p class="music-off">
      <${Icon} name="music" /> Music is off. <button class="link"
        onClick=${() => studio.change({ music: true })}>Turn it on</button></p>`
    }
    <ol class="groups" data-music=${hasMusic ? "on" : "off"} onDragOver=${drag.over} onDrop=${drag.drop}
      onDragEnd=${drag.end}>
      ${content.music.map(
        (group, number) => html`
        <li class="group" key=${`group-${scenes[group.scene_indexes[0] - 1].id}`}>
          <${Music} group=${group} number=${number} isOn=${hasMusic} edit=${edit} />
          <ol>
            ${group.scene_indexes.map((index) => {
              const scene = scenes[index - 1];
              return html`
                <li key=${scene.id} data-place=${index} data-drop=${drag.sideOf(index)}>
                  <${Transition} scene=${scene} edit=${edit} canAdd=${scenes.length < MOST_SCENES}
                    add=${() => add(index - 1)}
                    split=${index !== group.scene_indexes[0] && (() => edit((now) => musicBeginsAt(now, index)))} />
                  <${SceneCard} scene=${scene} count=${scenes.length} content=${content} film=${film} edit=${edit}
                    drag=${drag}
                    move=${(to) => move(studio, index, to)} />
                </li>`;
            })}
          </ol>
        </li>`,
      )}
    </ol>
    <p class="add-last"><button class="button quiet" disabled=${scenes.length >= MOST_SCENES}
      onClick=${() => add(scenes.length)}><${Icon} name="plus" /> Add a scene</button></p>`;
}

function Music({ group, number, isOn, edit }) {
  const places = group.scene_indexes;
  const where = places.length > 1 ? `scenes ${places[0]} to ${places.at(-1)}` : `scene ${places[0]}`;
  return html`
    <div class="music" data-silent=${Boolean(group.silent)}><${Icon} name="music" />
      <label><span class="unseen">Music of ${where}</span>
        <input type="text" value=${group.prompt} maxlength="4000" disabled=${!isOn}
          onInput=${({ target }) => edit((now) => withMusic(now, number, target.value))} /></label>
      <span class="tag">${group.silent ? `${where}, silent` : where}</span>
      ${
        isOn &&
        html`<button class="link" onClick=${() => edit((now) => withSilence(now, number, !group.silent))}>
        ${group.silent ? "Play music" : "No music"}</button>`
      }
      ${
        isOn &&
        number > 0 &&
        html`<button class="link" onClick=${() => edit((now) => musicJoined(now, number))}>Same as before</button>`
      }
    </div>`;
}

function move(studio, from, to) {
  const count = contentOf(studio.state.film).clips.length;
  if (to < 1 || to > count || to === from) return;
  studio.saver.edit((now) => moved(now, from, to));
  studio.dispatch({ type: "announce", text: `Scene ${from} is scene ${to} now.` });
  focusSoon(`[data-place="${to}"] .grip`);
}

/** {start, over, drop, end, sideOf}: what is dragged, and over which edge of which card it is. */
function useDrag(onMove) {
  const from = useRef(0);
  const [target, setTarget] = useState(null);
  const end = () => {
    from.current = 0;
    setTarget(null);
  };
  return {
    start: (event, index) => {
      from.current = index;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", ""); // Without data Firefox drags nothing.
      event.dataTransfer.setDragImage(event.currentTarget.closest(".scene"), 24, 24);
    },
    over: (event) => {
      const place = from.current && placeUnder(event);
      if (!place) return;
      event.preventDefault();
      setTarget(place);
    },
    drop: (event) => {
      event.preventDefault();
      const [start, place] = [from.current, placeUnder(event)];
      end();
      if (!start || !place) return;
      const gap = place.index + (place.after ? 1 : 0);
      onMove(start, gap > start ? gap - 1 : gap);
    },
    end,
    sideOf: (index) => (target?.index === index ? (target.after ? "after" : "before") : undefined),
  };
}

/** The card under the pointer, and whether its lower half is. */
function placeUnder(event) {
  const card = event.target.closest("[data-place]");
  if (!card) return null;
  const box = card.getBoundingClientRect();
  return { index: Number(card.dataset.place), after: event.clientY > box.top + box.height / 2 };
}

/** When the page has taken its new shape. */
const focusSoon = (selector) => setTimeout(() => document.querySelector(selector)?.focus());
