// The film with its captions, and under it the scenes as wide as they are long.

import { Icon } from "../parts/icons.js";
import { smallOf } from "../words/pieces.js";
import { Playable } from "../parts/playable.js";
import { html, useEffect, useLayoutEffect, useRef, useState } from "../preact.js";
import { clock, stateOf, STATES } from "../words/scenes.js";

export function Player({ cut, film, scenes, chosen, choose, setWatched, asked }) {
  const video = useRef(null);
  const needle = useRef(null);
  const [playing, setPlaying] = useState(null);
  const poster = film.components.poster?.url;
  const [wide, high] = film.settings.aspect_ratio.split(":").map(Number);
  const shape = { aspectRatio: `auto ${film.settings.aspect_ratio.replace(":", " / ")}` };
  useKeptPlace(video, cut.url);
  useEffect(() => {
    if (!asked) return;
    video.current.pause();
    video.current.currentTime = asked.at;
  }, [asked]);

  const look = () => {
    const { currentTime } = video.current;
    if (needle.current) needle.current.style.left = `${(100 * currentTime) / cut.duration}%`;
    const now =
      cut.scenes.find(({ start, seconds }) => currentTime >= start && currentTime < start + seconds)?.scene ?? null;
    setPlaying(now);
  };
  const go = (mark) => {
    choose(mark.scene);
    video.current.currentTime = mark.start + 0.02;
  };
  return html`
    <div class="cinema" data-tall=${high > wide || null}>
      <div class="cinema-screen">
        <${Playable} media=${video} class="player" style=${shape} src=${cut.url} poster=${poster}
          name=${film.title || "the film"}
          onTimeUpdate=${look} onSeeked=${look} onPlay=${() => setWatched(true)} onPause=${() => setWatched(false)}
            onEnded=${() => setWatched(false)}>
          ${
            cut.captions &&
            html`<track key=${cut.captions.url} kind="captions" src=${cut.captions.url}
              srclang=${film.settings.language} label="Captions"
              default=${!cut.captions_drawn} />`
          }
        <//>
      </div>
      <${Marks} cut=${cut} scenes=${scenes} chosen=${chosen} playing=${playing} needle=${needle} go=${go} />
    </div>`;
}

/** Another cut goes on where the one before was. */
function useKeptPlace(video, url) {
  const place = useRef(0);
  useLayoutEffect(() => {
    const element = video.current;
    const keep = () => {
      place.current = element.currentTime;
    };
    const back = () => {
      element.currentTime = Math.min(place.current, Math.max(element.duration - 0.1, 0));
    };
    element.addEventListener("timeupdate", keep);
    if (place.current) element.addEventListener("loadedmetadata", back, { once: true });
    return () => {
      element.removeEventListener("timeupdate", keep);
      element.removeEventListener("loadedmetadata", back);
    };
  }, [url]);
}

/** One stop for the tab key; arrows go from scene to scene. */
function Marks({ cut, scenes, chosen, playing, needle, go }) {
  const box = useRef(null);
  const byId = new Map(scenes.map((place) => [place.scene.id, place]));
  const marks = cut.scenes.map((mark) => ({
    ...mark,
    ...byId.get(mark.scene),
    scene: mark.scene,
    told: byId.get(mark.scene)?.scene,
  }));
  const step = (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -marks.length, End: marks.length }[event.key];
    if (!by) return;
    event.preventDefault();
    const at = marks.findIndex(({ scene }) => scene === chosen);
    const next = marks[Math.min(Math.max(at + by, 0), marks.length - 1)];
    go(next);
    box.current.querySelector(`[data-scene="${next.scene}"]`).focus();
  };
  useEffect(() => shownInTheMiddle(box.current), [chosen]);
  return html`
    <div class="marks" ref=${box} role="group" aria-label="Scenes of the film: choose one to see it and change it"
      onKeyDown=${step}>
      <div class="marks-line">
        ${marks.map(
          (mark) => html`<${Mark} key=${mark.scene} mark=${mark} pressed=${mark.scene === chosen}
          playing=${mark.scene === playing} go=${go} />`,
        )}
        <i class="needle" ref=${needle}></i>
      </div>
    </div>`;
}

/** Sideways alone: the page stays where it is. */
function shownInTheMiddle(box) {
  const mark = box.querySelector("[aria-pressed=true]");
  if (mark) box.scrollLeft = mark.offsetLeft - (box.clientWidth - mark.clientWidth) / 2;
}

function Mark({ mark, pressed, playing, go }) {
  const { picture, pieces = [], told, start, seconds } = mark;
  const state = pieces.map(stateOf).find((found) => found !== "ready") ?? "ready";
  const words = `Scene ${told?.index ?? mark.scene}${
    told ? `, ${told.title}` : ""
  }, at ${clock(start)}${state === "ready" ? "" : `, ${STATES[state].toLowerCase()}`}`;
  return html`
    <button type="button" class="mark" data-scene=${mark.scene} data-state=${state} data-playing=${playing || undefined}
      aria-pressed=${pressed}
      tabindex=${pressed ? 0 : -1} style=${{ flexGrow: seconds, flexBasis: `${seconds * 0.55}rem` }} aria-label=${words}
        title=${told?.title} onClick=${() => go(mark)}>
      ${picture?.url && html`<img src=${smallOf(picture)} alt="" loading="lazy" decoding="async" />`}
      <b>${told?.index ?? ""}</b>${
        state !== "ready" && html`<${Icon} name=${state === "failed" ? "warning" : "retry"} />`
      }
    </button>`;
}
