// What the referee found wrong with a piece, and the three ways on: keep it, make it again, or with another model.

import * as api from "../wire/api.js";
import { Icon } from "../parts/icons.js";
import { newName } from "../wire/names.js";
import { html, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";

/** True while a person has not said yet what is to become of a faulty piece. */
export const isOpen = ({ verdict, status }) =>
  Boolean(verdict) && !verdict.kept && !verdict.charged && status !== "making" && status !== "queued";

/** The warnings of a piece that its verdict does not say already. */
export const besideVerdict = (piece) => {
  const told = isOpen(piece) ? piece.verdict.faults.map(({ message }) => message) : [];
  return (piece.warnings ?? []).filter((text) => !told.includes(text));
};

export function Verdict({ piece, name, again, better }) {
  const {
    state: { film, options },
    studio,
  } = useStudio();
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    try {
      await api.postOnce(
        `${api.piece(film.id, piece.component)}/takes/${piece.take}/select`,
        undefined,
        newName("take"),
      );
      studio.lookAgain();
      studio.dispatch({ type: "announce", text: `${name} is kept as it is.` });
    } catch (refused) {
      setProblem(refused.message);
      setBusy(false);
    }
  };
  const words = piece.verdict.faults.map(({ message }) => message).join(" ");
  return html`
    <div class="trouble" role="group" aria-label=${`What to do about ${name}`}>
      <p><${Icon} name="warning" /><span><b>Something is wrong with this take.</b> ${words}</span></p>
      <p class="soft">You have not been charged for it.</p>
      <p class="trouble-actions">
        <button class="button small" disabled=${isBusy} onClick=${again}
          aria-label=${`Make ${name} again for ${piece.credits} credits`}>Again · ${piece.credits} credits</button>
        ${
          options?.tiers.length > 1 &&
          html`<button class="button quiet small" disabled=${isBusy} onClick=${better}
            aria-label=${`Make ${name} with another model`}>Another model …</button>`
        }
        <button class="button quiet small" disabled=${isBusy} onClick=${keep} aria-label=${`Keep ${name} as it is`}>
          Keep it</button>
      </p>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    </div>`;
}
