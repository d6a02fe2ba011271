// The sound of the preview: voices where they are heard, without what is taken out of them, and music, lower under
// them.

import { FPS, heardOf } from "./layout.js";
import { sharedContext, sound } from "./sound_files.js";

const FADE_S = 0.01;
const MUSIC = 0.3;
const UNDER = 0.1;
const RAMP_S = 0.2;
const USUAL_FADE_S = 1;
const AHEAD_S = 0.04;

export class PreviewSound {
  constructor(timeline) {
    this.context = sharedContext();
    this.timeline = timeline;
    this.out = this.context.createGain();
    this.out.connect(this.context.destination);
    this.sources = [];
  }

  get voices() {
    return this.timeline.scenes.flatMap((scene) => scene.spoken.map((voice) => ({ ...voice, tempo: scene.tempo })));
  }

  get music() {
    return this.timeline.music.filter(({ sound: found, muted, silent }) => found && !muted && !silent);
  }

  /** Resolves when what is heard at this frame is there; the rest comes while it plays. */
  async ready(frame) {
    this.context.resume();
    const now = (one) => one.start <= frame + FPS && one.start + one.frames > frame;
    const files = [
      ...this.voices.map((one) => ({ ...one, url: one.file.url })),
      ...this.music.map((one) => ({ ...one, url: one.sound.file.url })),
    ];
    const [first, later] = [files.filter(now), files.filter((one) => !now(one))];
    await Promise.all(first.map(({ url }) => sound(url)));
    for (const { url } of later) sound(url);
  }

  /** Seconds that have been heard; where a machine has nothing to hear it with, the pictures go on all the same. */
  get passed() {
    return this.zero === undefined ? 0 : Math.max((performance.now() - this.begun) / 1000, 0);
  }

  start(frame) {
    this.zero = this.context.currentTime + AHEAD_S;
    this.begun = performance.now() + AHEAD_S * 1000;
    this.from = frame / FPS;
    for (const voice of this.voices) this.lay(voice.file.url, (buffer) => this.speak(voice, buffer));
    for (const group of this.music) this.lay(group.sound.file.url, (buffer) => this.play(group, buffer));
  }

  async lay(url, place) {
    const buffer = await sound(url);
    if (buffer && !this.stopped) place(buffer);
  }

  /** A stretch of a file: `at` and `lasts` in seconds of the film. */
  stretch(buffer, { at, offset, lasts, rate = 1, loop = false, gain }) {
    const late = Math.max(this.from + this.passed - at, 0);
    if (late >= lasts) return;
    const source = new AudioBufferSourceNode(this.context, { buffer, playbackRate: rate, loop });
    source.connect(gain).connect(this.out);
    const begins = this.zero + at - this.from + late;
    source.start(
      Math.max(begins, this.context.currentTime),
      (offset + late * rate) % buffer.duration,
      (lasts - late) * rate,
    );
    this.sources.push(source);
  }

  speak({ start, tempo, ...voice }, buffer) {
    for (const { from, to, after } of heardOf(voice)) {
      const [at, lasts] = [start / FPS + after / tempo, (to - from) / tempo];
      const gain = this.ramped([
        [at, 0],
        [at + FADE_S, 1],
        [at + lasts - FADE_S, 1],
        [at + lasts, 0],
      ]);
      this.stretch(buffer, { at, offset: from, lasts, rate: tempo, gain });
    }
  }

  play({ start, frames, fade_in: begins, fade_out: ends }, buffer) {
    const [at, lasts] = [start / FPS, frames / FPS];
    const spoken = this.voices.map(({ start: first, frames: count }) => [first / FPS, (first + count) / FPS]);
    const points = [
      [at, 0],
      [at + (begins || 0.05), MUSIC],
    ];
    for (const [first, last] of spoken.filter(([first, last]) => first > at + 0.3 && last < at + lasts))
      points.push([first - RAMP_S, MUSIC], [first, UNDER], [last, UNDER], [last + RAMP_S, MUSIC]);
    const out = at + lasts - (ends || USUAL_FADE_S);
    const gain = this.ramped([...points.filter(([when]) => when < out), [out, MUSIC], [at + lasts, 0]]);
    this.stretch(buffer, { at, offset: 0, lasts, loop: true, gain });
  }

  /** A gain that goes through these points: seconds of the film, and how loud. */
  ramped(points) {
    const gain = this.context.createGain();
    const now = this.from + this.passed;
    const past = points.filter(([when]) => when <= now);
    gain.gain.setValueAtTime((past.at(-1) ?? points[0])[1], this.context.currentTime);
    for (const [when, level] of points.filter(([at]) => at > now))
      gain.gain.linearRampToValueAtTime(level, this.zero + when - this.from);
    return gain;
  }

  stop() {
    this.stopped = true;
    for (const source of this.sources) source.stop();
    this.out.disconnect();
  }
}
