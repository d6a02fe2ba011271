// One scene: its words, its picture, how it moves, how long it lasts and who is in it.

import { Switch } from "../parts/choices.js";
import { Icon } from "../parts/icons.js";
import { Frame, Framing, shapeOf } from "./framing.js";
import { Lines } from "./lines.js";
import { narrationLength, narrationLimit, saidIn, unit } from "./narration.js";
import { smallOf } from "../words/pieces.js";
import { html } from "../preact.js";
import { USUAL_SECONDS, sceneLengths, takesEnd, takesParts } from "../words/lengths.js";
import { useStudio } from "../use_studio.js";
import { describedBy, scenesOf, withChanges, withoutScene } from "./edits.js";

export function SceneCard({ scene, count, content, film, edit, drag, move }) {
  const change = (changes) => edit((now) => withChanges(now, scene.index, changes));
  const describe = (title) => {
    const seen = describedBy(scene, title);
    if (seen) change(seen);
  };
  const problems = (film.draft?.problems ?? []).filter(({ field }) => field.includes(`clips[${scene.index - 1}].`));
  const keys = { ArrowUp: scene.index - 1, ArrowDown: scene.index + 1 };
  const byKey = (event) => {
    if (!(event.key in keys)) return;
    event.preventDefault();
    move(keys[event.key]);
  };
  const isWrong = (name) => problems.some(({ field }) => field.endsWith(`.${name}`)) || undefined;
  return html`
    <article class="scene" id=${`scene-${scene.id}`} aria-label=${`Scene ${scene.index}`}
      data-wrong=${problems.length ? "" : undefined}>
      <header>
        <span class="icon-button grip" role="button" tabindex="0" draggable="true" title="Drag, or use the arrow keys"
          aria-label=${`Move scene ${scene.index}; use the arrow keys`} onKeyDown=${byKey}
            onDragStart=${(event) => drag.start(event, scene.index)}><${Icon} name="grip" /></span>
        <span class="number" aria-hidden="true">${scene.index}</span>
        <textarea class="scene-title" rows="1" maxlength="120" value=${scene.title}
          aria-label=${`Title of scene ${scene.index}`} aria-invalid=${isWrong("title")}
          onKeyDown=${(event) => event.key === "Enter" && event.preventDefault()}
            onInput=${({ target }) => change({ title: target.value.replace(/\s+/g, " ") })}
            onChange=${({ target }) => describe(target.value)}></textarea>
        <${Duration} scene=${scene} film=${film} change=${change} />
        <button class="icon-button" disabled=${count === 1} title="Remove" aria-label=${`Remove scene ${scene.index}`}
          onClick=${() => edit((now) => withoutScene(now, scene.index))}><${Icon} name="trash" /></button>
      </header>
      <div class="scene-body">
        <div class="scene-picture">
          <${Still} scene=${scene} piece=${film.components[`scene/${scene.id}`]} content=${content} change=${change}
            crop=${film.components[`crop/${scene.id}`]} />
          <${Framing} scene=${scene} content=${content} piece=${film.components[`crop/${scene.id}`]}
            change=${change} />
        </div>
        <div class="scene-words">
          <${Narration} scene=${scene} language=${content.language} change=${change} />
          <${Lines} scene=${scene} profiles=${content.character_profiles} edit=${edit} />
          <div class="prompts">
            <${Prompt} label="Picture" name="image_prompt" scene=${scene} change=${change}
              isWrong=${isWrong("image_prompt")} />
            <${Prompt} label="Motion" name="video_prompt" scene=${scene} change=${change}
              isWrong=${isWrong("video_prompt")} />
          </div>
          <${Cast} scene=${scene} profiles=${content.character_profiles} change=${change} />
          <${Mood} scene=${scene} content=${content} film=${film} change=${change} />
          <${Ending} scene=${scene} count=${count} film=${film} change=${change} />
        </div>
      </div>
    </article>`;
}

function Duration({ scene, film, change }) {
  const { state } = useStudio();
  const lengths = sceneLengths(state.options, film.settings, scene);
  if (lengths.length > USUAL_SECONDS.length)
    return html`<label class="seconds"><span class="unseen">Length of scene ${scene.index}</span>
      <select value=${scene.duration} onChange=${({ target }) => change({ duration: Number(target.value) })}>
        ${lengths.map((seconds) => html`<option key=${seconds} value=${seconds}>${seconds} s</option>`)}
      </select></label>`;
  return html`
  <fieldset class="duration"><legend class="unseen">Length of scene ${scene.index}</legend>
    ${lengths.map(
      (seconds) => html`
      <label key=${seconds}><input type="radio" name=${`duration-${scene.id}`} checked=${scene.duration === seconds}
        onChange=${() => change({ duration: seconds })} />
        <span>${seconds} s</span></label>`,
    )}
  </fieldset>`;
}

function Still({ scene, piece, content, change, crop }) {
  const shape = { aspectRatio: shapeOf(content, scene).replace(":", " / ") };
  if (!piece?.take)
    return html`<div class="still none" style=${shape}><${Icon} name="picture" />
      <small>Picture comes when you make the film</small></div>`;
  return html`
    <figure class="still" style=${shape}>
      <a href=${piece.url} target="_blank" rel="noopener" title="Open in full size">
        <img src=${smallOf(piece)} alt=${`Picture of scene ${scene.index}: ${scene.image_prompt.slice(0, 120)}`}
          loading="lazy" /></a>
      <${Frame} scene=${scene} content=${content} piece=${crop} change=${change} />
      ${piece.stale && html`<figcaption class="tag">no longer fits</figcaption>`}</figure>`;
}

function Narration({ scene, language, change }) {
  const said = saidIn(scene);
  const length = said.reduce((sum, text) => sum + narrationLength(text, language), 0);
  const limit = narrationLimit(scene.duration, language, Math.max(said.length, 1));
  const over = length - limit;
  const told =
    over > 0
      ? `${over} ${over === 1 ? unit(language).slice(0, -1) : unit(language)} too many for ${scene.duration} s`
      : `${length} of ${limit} ${unit(language)}`;
  return html`
    <label class="narration" data-over=${over > 0 ? "" : undefined}>
      <span class="legend">${scene.lines?.length ? "Narration and lines" : "Narration"}
        <span class="count">${told}</span></span>
      <textarea rows="2" maxlength="1000" value=${scene.script}
        placeholder=${scene.lines?.length ? "The narrator says nothing here" : "Nobody speaks in this scene"}
        onInput=${({ target }) => change({ script: target.value })}></textarea>
      <meter class="fill" min="0" max=${limit} high=${limit} value=${Math.min(length, limit)} aria-hidden="true">
      </meter>
      ${
        over > 0 &&
        scene.duration < 10 &&
        length <= narrationLimit(10, language, said.length) &&
        html`
        <button type="button" class="link" onClick=${() => change({ duration: 10 })}>Let the scene last 10 s</button>`
      }
    </label>`;
}

const Prompt = ({ label, name, scene, change, isWrong }) => html`
  <label><span class="legend">${label}</span>
    <textarea rows="2" maxlength="4000" value=${scene[name]} aria-invalid=${isWrong}
      onInput=${({ target }) => change({ [name]: target.value })}></textarea></label>`;

/** Shown where the music goes on from one scene to the next and its model can change with them, or a mood is given. */
function Mood({ scene, content, film, change }) {
  const { state } = useStudio();
  const places = content.music.find(({ scene_indexes }) => scene_indexes.includes(scene.index))?.scene_indexes ?? [];
  const ids = scenesOf(content)
    .filter(({ index }) => places.includes(index))
    .map(({ id }) => id);
  const isAsked = ids.length > 1 && film.settings.music !== false && takesParts(state.options, film.settings, ids);
  if (!scene.music_mood && !isAsked) return null;
  return html`
    <label class="mood"><span class="legend">Mood of the music here</span>
      <input type="text" maxlength="200" value=${scene.music_mood ?? ""} placeholder="As the piece says"
        onInput=${({ target }) => change({ music_mood: target.value })} /></label>`;
}

/** Shown where the model of the clip is told a picture to end on, and where it is chosen already. */
function Ending({ scene, count, film, change }) {
  const { state } = useStudio();
  const ends = Boolean(scene.ends_on_next);
  if (scene.index === count || !(ends || takesEnd(state.options, film.settings, scene))) return null;
  return html`<${Switch} label="End on the next scene's picture, for a cut that is not seen" value=${ends}
    onChange=${(ends_on_next) => change({ ends_on_next })} />`;
}

function Cast({ scene, profiles, change }) {
  if (!profiles.length) return null;
  const toggle = (name) =>
    change({
      characters: scene.characters.includes(name)
        ? scene.characters.filter((other) => other !== name)
        : [...scene.characters, name],
    });
  return html`
    <div class="cast" role="group" aria-label=${`Characters in scene ${scene.index}`}>
      ${profiles.map(
        ({ name }) => html`
        <button key=${name} type="button" class="chip" aria-pressed=${scene.characters.includes(name)}
          onClick=${() => toggle(name)}><${Icon} name="user" /> ${name}</button>`,
      )}
    </div>`;
}
