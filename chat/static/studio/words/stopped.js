// PURE: what is said of a run that was stopped, in the film's language.

/**
 * @param {{returned?: number}} run Credits that came back.
 * @param {string} [language]
 * @returns {string}
 */
export function stoppedLine({ returned }, language) {
  if (language === "de") {
    return `Angehalten. Fertige Teile bleiben${returned ? `, und ${returned} Credits sind zurück` : ""}.`;
  }
  return `Stopped. Finished pieces are kept${returned ? `; ${returned} credits are back` : ""}.`;
}
