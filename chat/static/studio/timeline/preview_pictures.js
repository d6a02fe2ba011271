// The pictures of the preview: the clip of the scene, and the next one made ready behind it. Both are shown through the
// frames of a transition, one over the other.

import { placeAt } from "../script/window.js";
import { clipSecond, HALF, sceneAt, slowed } from "./layout.js";

const FAR_S = 0.25;

export class PreviewPictures {
  /** `windows` are those of a film that is cropped from clips of another shape, by scene. */
  constructor(screen, timeline, windows = {}) {
    this.timeline = timeline;
    this.windows = windows;
    this.videos = [...screen.querySelectorAll("video")];
  }

  videoOf(scene) {
    return this.videos[this.timeline.scenes.indexOf(scene) % 2];
  }

  /** Resolves when the picture at this frame can be seen; a scene without a clip shows its still. */
  async ready(frame) {
    const scene = sceneAt(this.timeline, frame);
    const video = this.load(scene, frame);
    this.order(scene, frame);
    if (video.readyState >= 2 || !scene.clip) return;
    // a clip that was there and is elsewhere now says "canplay", and not "loadeddata" a second time
    await new Promise((resolve) => {
      for (const event of ["loadeddata", "canplay", "seeked", "error"])
        video.addEventListener(event, resolve, { once: true });
    });
  }

  load(scene, frame) {
    const video = this.videoOf(scene);
    const url = scene.clip?.file.url ?? "";
    video.poster = scene.clip ? "" : (scene.picture?.url ?? "");
    if (video.dataset.url !== url) {
      video.dataset.url = url;
      if (url) video.src = url;
      else video.removeAttribute("src");
      video.load();
    }
    if (scene.clip) this.seek(video, clipSecond(scene, frame));
    this.crop(video, scene, frame);
    return video;
  }

  /** What of its clip a frame of another shape shows. */
  crop(video, scene, frame) {
    const window = this.windows[scene.scene_id];
    const isWhole = window && window.fill !== "crop";
    const second = scene.clip ? clipSecond(scene, frame) : 0;
    const share = window?.axis && window.part < 1 && !isWhole ? placeAt(window, second) / (1 - window.part) : 0.5;
    const place = `${100 * share}%`;
    video.style.objectFit = isWhole ? "contain" : "cover";
    video.style.objectPosition = window?.axis === "y" ? `50% ${place}` : `${place} 50%`;
  }

  seek(video, second) {
    if (Math.abs(video.currentTime - second) > 0.02) video.currentTime = second;
  }

  async show(frame) {
    await this.ready(frame);
  }

  /** Called for each frame that is shown. */
  play(frame) {
    const { scenes } = this.timeline;
    const scene = sceneAt(this.timeline, frame);
    this.run(scene, frame);
    const [before, next] = [scenes[scenes.indexOf(scene) - 1], scenes[scenes.indexOf(scene) + 1]];
    if (next && frame >= scene.start + scene.frames - HALF) this.run(next, frame);
    else if (before && frame < scene.start + HALF) this.run(before, frame);
    else if (next) this.load(next, next.start - HALF).pause();
    this.order(scene, frame);
  }

  run(scene, frame) {
    if (!scene.clip) return void this.load(scene, frame);
    const video = this.videoOf(scene);
    if (video.dataset.url !== scene.clip.file.url) this.load(scene, frame);
    this.crop(video, scene, frame);
    const second = clipSecond(scene, frame);
    video.playbackRate = 1 / slowed(scene);
    if (Math.abs(video.currentTime - second) > FAR_S) video.currentTime = second;
    if (video.paused) video.play().catch(() => {});
  }

  /** The later scene lies above, as far as the transition has come. */
  order(scene, frame) {
    const { scenes } = this.timeline;
    const next = scenes[scenes.indexOf(scene) + 1];
    const into = (shown) => (frame - (shown.start - HALF)) / (2 * HALF);
    const [above, part] =
      next && frame >= next.start - HALF ? [next, into(next)] : [scene, scene.index > 1 ? into(scene) : 1];
    const top = this.videoOf(above);
    const shown = above.transition === "none" ? Number(part >= 0.5) : Math.min(Math.max(part, 0), 1);
    for (const video of this.videos) {
      video.style.zIndex = video === top ? 2 : 1;
      video.style.opacity = video === top ? shown : Number(shown < 1);
    }
  }

  pause() {
    for (const video of this.videos) video.pause();
  }
}
