// PURE: about what a film will cost, before it has a script.

const SCENE_S = 7.5; // Clips last 5 or 10 seconds; scripts mix both.
const SCENES_OF_ONE_MUSIC = 4;
export const USUAL_S = 30;

export function estimate(prices, { duration, voice_over = true, music = true, character_consistency = false } = {}) {
  const seconds = duration ?? USUAL_S;
  const scenes = Math.max(1, Math.ceil(seconds / SCENE_S));
  const each = (component) => prices.find((price) => price.component === component)?.credits ?? 0;
  const clip = prices.find(({ component }) => component === "video");
  return Math.round(
    scenes * (each("scene") + (voice_over ? each("audio") : 0)) +
      seconds * (clip ? clip.credits / clip.seconds : 0) +
      (music ? Math.ceil(scenes / SCENES_OF_ONE_MUSIC) * each("music") : 0) +
      (character_consistency ? each("character") : 0),
  );
}
