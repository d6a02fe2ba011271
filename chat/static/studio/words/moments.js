// PURE: a moment of the past, as one says it.

/**
 * "today at 7:15", "yesterday at 7:15", "on Nov 29, 2026 at 7:15"; `at` is a time of the API's.
 *
 * @param {string} at
 * @param {Date} [now]
 * @returns {string}
 */
export function moment(at, now = new Date()) {
  const then = new Date(at);
  const time = then.toLocaleTimeString(undefined, { timeStyle: "short" });
  const days = Math.round((midnight(now) - midnight(then)) / 86_400_000);
  const day = ["today", "yesterday"][days] ?? `on ${then.toLocaleDateString(undefined, { dateStyle: "medium" })}`;
  return `${day} at ${time}`;
}

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/**
 * "30 Nov 2026, 05:34", as people write it where they are.
 *
 * @param {string} at A time of the API's.
 * @returns {string}
 */
export const dayAndTime = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
