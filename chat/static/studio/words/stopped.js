// PURE: what is said of a run that was stopped, in the film's language.

export function stoppedLine({ returned }, language) {
  if (language === "de") {
    return `Angehalten. Fertige Teile bleiben${returned ? `, und ${returned} Credits sind zurück` : ""}.`;
  }
  return `Stopped. Finished pieces are kept${returned ? `; ${returned} credits are back` : ""}.`;
}
