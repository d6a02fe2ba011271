// PURE: about what a film will cost, before it has a script.

const LONGEST_SCENE_S = 10; // Clips last 5 or 10 seconds; scripts mix both.
const SHORTEST_SCENE_S = 5;
const SCENES_OF_ONE_MUSIC = 4;
export const USUAL_S = 30;

/** {least, most}: with scenes as long, and as short, as they can be. */
export function estimate(prices, choices = {}) {
  const { duration = USUAL_S } = choices;
  return {
    least: costOf(prices, choices, duration, Math.ceil(duration / LONGEST_SCENE_S)),
    most: costOf(prices, choices, duration, Math.ceil(duration / SHORTEST_SCENE_S)),
  };
}

/** "47 to 55 credits" */
export function estimated(prices, choices) {
  const { least, most } = estimate(prices, choices);
  return `${least === most ? least : `${least} to ${most}`} credits`;
}

function costOf(prices, { voice_over = true, music = true, character_consistency = false }, seconds, scenes) {
  const each = (component) => prices.find((price) => price.component === component)?.credits ?? 0;
  const clip = prices.find(({ component }) => component === "video");
  return Math.round(
    scenes * (each("scene") + (voice_over ? each("audio") : 0)) +
      seconds * (clip ? clip.credits / clip.seconds : 0) +
      (music ? Math.ceil(scenes / SCENES_OF_ONE_MUSIC) * each("music") : 0) +
      (character_consistency ? each("character") : 0),
  );
}
