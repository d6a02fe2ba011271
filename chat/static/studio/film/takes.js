// The takes of a piece: the one in the film beside another, what each was made from, and which is to be used.

import * as api from "../wire/api.js";
import { useReading } from "../wire/arriving.js";
import { Dialog } from "../parts/dialog.js";
import { newName } from "../wire/names.js";
import { KINDS } from "../words/kinds.js";
import { madeBy } from "../words/makers.js";
import { html, useRef, useState } from "../preact.js";
import { moment } from "../words/moments.js";
import { capital, kindOf, ownName, smallOf } from "../words/pieces.js";
import { useStudio } from "../use_studio.js";
import { isSound, Preview } from "./preview.js";

export function TakesDialog({ piece, name, onClose }) {
  const {
    state: { film },
    studio,
  } = useStudio();
  const [takes, setTakes] = useState(null);
  const [number, setNumber] = useState(null);
  const [problem, setProblem] = useState("");
  const [isBusy, setBusy] = useState(false);
  const path = `${api.piece(film.id, piece.component)}/takes`;

  const arrived = ({ results }) => {
    setTakes(results);
    setNumber((results.findLast(({ selected }) => !selected) ?? results.at(-1))?.take);
    setProblem("");
  };
  const refused = ({ message }) => setProblem(message);
  useReading(() => api.get(path), arrived, refused, []);
  const use = async () => {
    setBusy(true);
    try {
      await api.postOnce(`${path}/${number}/select`, undefined, newName("take"));
      studio.lookAgain();
      studio.dispatch({ type: "announce", text: `Take ${number} is in the film now. The film is cut again.` });
      onClose();
    } catch (refused) {
      setProblem(refused.message);
      setBusy(false);
    }
  };
  return html`
    <${Dialog} title=${`Takes: ${name.charAt(0).toLowerCase()}${name.slice(1)}`} wide onClose=${onClose}>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      ${!takes && !problem && html`<div class="bone" aria-busy="true"></div>`}
      ${
        takes &&
        html`
        <${Compared} piece=${piece} name=${name} takes=${takes} number=${number} />
        ${
          takes.length === 1 &&
          html`<p class="soft">There is one take so far. “Make again”
            makes another, and “Use my own” adds a file of yours.</p>`
        }
        <${Choices} piece=${piece} takes=${takes} number=${number} choose=${setNumber} />
        <p class="dialog-actions">
          <span class="soft price-line">${`Switching is free. ${KINDS[kindOf(piece.component)].switching ?? ""}`}</span>
          <button class="button quiet" onClick=${onClose}>Close</button>
          ${
            takes.length > 1 &&
            html`<button class="button" disabled=${
              isBusy || takes.find(({ take }) => take === number)?.selected !== false
            } onClick=${use}>Use take ${number}
              </button>`
          }
        </p>`
      }
    <//>`;
}

function Compared({ piece, name, takes, number }) {
  const box = useRef(null);
  const selected = takes.find((take) => take.selected);
  const other = takes.find(({ take, selected: inFilm }) => take === number && !inFilm);
  const playBoth = () =>
    box.current.querySelectorAll("video").forEach((video) => {
      video.currentTime = 0;
      video.play();
    });
  return html`
    <div class="compared" ref=${box} data-count=${other && selected ? 2 : 1} data-sound=${isSound(piece) || undefined}>
      ${selected && html`<${Shown} piece=${piece} take=${selected} name=${name} />`}
      ${other && html`<${Shown} key=${other.take} piece=${piece} take=${other} name=${name} />`}
    </div>
    ${
      other &&
      selected &&
      kindOf(piece.component) === "video" &&
      html`<button class="button quiet small play-both" onClick=${playBoth}>Play both</button>`
    }`;
}

const Shown = ({ piece, take, name }) => html`
  <figure class="shown" data-selected=${take.selected || undefined}>
    <${Preview} piece=${piece} url=${take.url} name=${`Take ${take.take} of ${name}`} />
    <figcaption>
      <b>Take ${take.take}</b>${take.selected && html`<span class="tag">In the film</span>`}
      <${MadeFrom} piece=${piece} take=${take} />
      ${take.warnings.map((text) => html`<p class="remark">${text}</p>`)}
    </figcaption>
  </figure>`;

function MadeFrom({ piece, take: { made_from: from, created_at: at } }) {
  if (from?.own) return html`<small>${capital(ownName(piece, from.file))}, added ${moment(at)}</small>`;
  return html`
    ${from?.instructions && html`<p class="instruction">“${from.instructions}”</p>`}
    ${from?.prompt && html`<p class="made-from">${from.prompt}</p>`}
    <small>Made ${moment(at)}${from && `${madeBy(from)}, from script version ${from.version}`}</small>
    ${from?.story && html`<small>${from.story}</small>`}`;
}

const Choices = ({ piece, takes, number, choose }) => html`
  <fieldset class="take-choices">
    <legend class="unseen">Take to look at</legend>
    ${takes.map(
      ({ take, selected, ...picture }) => html`
      <label key=${take} class="take-choice">
        <input type="radio" name="take" class="unseen" checked=${take === number} onChange=${() => choose(take)} />
        ${
          !isSound(piece) &&
          kindOf(piece.component) !== "video" &&
          html`<img src=${smallOf(picture)} alt="" loading="lazy" />`
        }
        <span>Take ${take}${selected ? " · in the film" : ""}</span>
      </label>`,
    )}
  </fieldset>`;
