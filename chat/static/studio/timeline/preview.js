// Plays the timeline as it is now from the pieces that are there, before anything is cut: clips in two videos, one
// shown while the other gets ready, sounds through Web Audio, captions as text.

import { Icon } from "../parts/icons.js";
import { html, useEffect, useRef, useState } from "../preact.js";
import { useWindows } from "../script/use_window.js";
import { clock } from "../words/scenes.js";
import { FPS, sceneAt } from "./layout.js";
import { PreviewSound } from "./preview_sound.js";
import { PreviewPictures } from "./preview_pictures.js";

export function Preview({ film, timeline, at, setAt, choose }) {
  const screen = useRef(null);
  const player = useRef(null);
  const [playing, setPlaying] = useState(false);
  const windows = useWindows(film);
  const now = useRef(timeline);
  now.current = timeline;
  useEffect(() => () => player.current?.stop(), []);
  // an edit is heard at once: from where it is playing
  useEffect(() => void (player.current && player.current.timeline !== timeline && restart()), [timeline]);

  const stop = () => {
    player.current?.stop();
    player.current = null;
    setPlaying(false);
  };
  const restart = () => {
    const { frame } = player.current;
    player.current.stop();
    start(Math.min(frame, timeline.frames - 1));
  };
  const start = (frame) => {
    player.current = new Player(screen.current, now.current, windows, frame, (reached) => {
      setAt(reached);
      if (reached >= now.current.frames) stop();
    });
    player.current.play();
    setPlaying(true);
  };
  const seek = ({ target }) => {
    const frame = Number(target.value);
    const was = playing;
    stop();
    setAt(frame);
    choose(sceneAt(timeline, frame).scene_id);
    if (was) start(frame);
    else new PreviewPictures(screen.current, timeline, windows).show(frame);
  };
  const caption = timeline.captions.find(({ from, to }) => at / FPS >= from && at / FPS < to);
  const shape = { aspectRatio: film.settings.aspect_ratio.replace(":", " / ") };
  return html`
    <div class="preview-player">
      <div class="preview-screen" ref=${screen} style=${shape}>
        <video muted playsinline preload="auto" aria-hidden="true" tabindex="-1"></video>
        <video muted playsinline preload="auto" aria-hidden="true" tabindex="-1"></video>
        ${caption && html`<p class="preview-caption" lang=${film.settings.language}>${caption.lines.join(" ")}</p>`}
      </div>
      <div class="preview-controls">
        <button class="button small" onClick=${() => (playing ? stop() : start(at >= timeline.frames - 1 ? 0 : at))}>
          <${Icon} name=${playing ? "pause" : "play"} />${playing ? "Pause" : "Preview"}</button>
        <input type="range" class="preview-seek" min="0" max=${timeline.frames} value=${at}
          aria-label="Place in the preview"
          aria-valuetext=${clock(Math.floor(at / FPS))} onInput=${seek} />
        <span class="soft">${clock(Math.floor(at / FPS))} / ${clock(Math.round(timeline.frames / FPS))}</span>
      </div>
    </div>`;
}

/** One run of the preview, from a frame on. Its clock is that of the sound. */
class Player {
  constructor(screen, timeline, windows, frame, onFrame) {
    Object.assign(this, { timeline, frame, onFrame, from: frame });
    this.asked = performance.now();
    this.pictures = new PreviewPictures(screen, timeline, windows);
    this.sound = new PreviewSound(timeline);
    this.screen = screen;
  }

  async play() {
    await Promise.all([this.pictures.ready(this.frame), this.sound.ready(this.frame)]);
    if (this.stopped) return;
    this.sound.start(this.frame);
    this.screen.dataset.startedMs = Math.round(performance.now() - this.asked);
    this.tick();
  }

  tick = () => {
    if (this.stopped) return;
    this.frame = this.from + Math.floor(this.sound.passed * FPS);
    this.pictures.play(Math.min(this.frame, this.timeline.frames - 1));
    this.onFrame(Math.min(this.frame, this.timeline.frames));
    if (this.frame < this.timeline.frames) requestAnimationFrame(this.tick);
  };

  stop() {
    this.stopped = true;
    this.sound.stop();
    this.pictures.pause();
  }
}
