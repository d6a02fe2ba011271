// PURE: what the browser's tab is called. It says how the film stands to somebody who is in another one.

import { figureOf } from "./figures.js";

/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Route} Route */

/**
 * @param {{route: Route, film: Film|null}} state
 * @returns {string}
 */
export function titleOf({ route, film }) {
  if (route.page === "films") return `${route.deleted ? "Deleted films" : "My films"} · Pixora`;
  if (route.page === "account") return "Your account · Pixora";
  if (route.page === "start") return "New film · Pixora";
  const name = film?.title || "Film";
  const standing = film?.phase === "ready" && standingOf(film);
  return standing ? `${standing} · ${name}` : `${name} · Pixora`;
}

function standingOf({ run, progress, status, script, components }) {
  if (run && progress?.stage === "writing_script") return "● Writing";
  if (run) return figureOf(progress) ? `● ${figureOf(progress)} %` : "● Starting";
  if (status === "failed") return script ? "Needs a look" : "";
  return status === "complete" && components.fullvideo?.take ? "Ready" : "";
}
