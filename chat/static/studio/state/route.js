// PURE: what an address shows. /  a new film · /films/  all films · /films/deleted  those that can be restored ·
// /films/<id>[/<stage>]  one film; without a stage it follows the film · /account/  oneself.

/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Route} Route */

export const STAGES = ["script", "production", "film"];

/**
 * @param {string} path
 * @returns {Route}
 */
export function parse(path) {
  const [first, taskId, stage] = path.split("/").filter(Boolean);
  if (first === "account") return { page: "account" };
  if (first !== "films") return { page: "start" };
  if (!taskId) return { page: "films", deleted: false };
  if (taskId === "deleted") return { page: "films", deleted: true };
  return { page: "film", taskId, stage: STAGES.includes(stage) ? stage : null };
}

/**
 * @param {Route} route
 * @returns {string}
 */
export function address({ page, taskId, stage, deleted }) {
  if (page === "account") return "/account/";
  if (page === "films") return deleted ? "/films/deleted" : "/films/";
  if (page === "film") return `/films/${taskId}${stage ? `/${stage}` : ""}`;
  return "/";
}

/**
 * The stage a film is at by itself.
 *
 * @param {Film} film
 * @returns {string}
 */
export function stageOf(film) {
  if (!film.script) return "script";
  if (film.status === "generating" || film.status === "failed") return "production";
  if (film.status === "cancelled") return film.components.fullvideo?.take ? "film" : "production";
  return film.status === "complete" ? "film" : "script";
}

/**
 * @param {Route} route
 * @param {Film} film
 * @returns {string}
 */
export const shownStage = (route, film) => route.stage ?? stageOf(film);
