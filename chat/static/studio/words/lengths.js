// PURE: how long scenes may be and what they may end on, which the model of their clips decides.

export const USUAL_SECONDS = [5, 10];
const SHORTEST_S = 3;
const LONGEST_S = 15;

/** The seconds that a scene may last; its own length is always among them. */
export function sceneLengths(options, settings, scene) {
  const made = options ? lengthsOf(options, settings, scene) : USUAL_SECONDS;
  const possible = made.length ? made.filter((seconds) => seconds >= SHORTEST_S && seconds <= LONGEST_S) : anyLength();
  return [...new Set([...possible, scene.duration])].sort((one, other) => one - other);
}

/** Of the model that moves this scene's picture; none where it makes any length. */
const lengthsOf = (options, settings, scene) => modelOf(options, settings, scene)?.lengths ?? [];

function modelOf(options, { tier, models = {} }, { id }) {
  const usual = options.tiers.find(({ name }) => name === tier)?.models.motion?.model;
  const chosen = models[`video/${id}`] ?? models.motion ?? usual;
  return options.models.motion.find(({ name }) => name === chosen);
}

/** Whether a scene's clip can end on the next scene's picture. */
export const takesEnd = (options, settings, scene) => Boolean(options && modelOf(options, settings, scene)?.takes_end);

const anyLength = () => Array.from({ length: LONGEST_S - SHORTEST_S + 1 }, (_, place) => SHORTEST_S + place);
