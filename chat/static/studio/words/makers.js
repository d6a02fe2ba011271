/** PURE: who makes something, as one says it. */

/** @typedef {import("../types.js").Maker} Maker */

const UNNAMED = /^own-.*-model$/;

/**
 * What a server of one's own is called, with its model where it has been named.
 *
 * @param {string} model
 * @returns {string}
 */
export const ownServer = (model) => `your own server${model && !UNNAMED.test(model) ? ` (${model})` : ""}`;

/**
 * Who made a take, behind "Made today at 10:04".
 *
 * @param {Maker} take
 * @returns {string}
 */
export const madeBy = ({ provider, model }) => {
  if (provider === "local") return " with the local generator";
  return provider && ` by ${provider === "compatible" ? ownServer(model) : model || provider}`;
};
