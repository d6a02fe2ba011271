// What can be done with a piece: make it again, look at its takes, put in a file of one's own.

import { Icon } from "../parts/icons.js";
import { takesOf } from "../words/pieces.js";
import { html, useState } from "../preact.js";
import { Trouble } from "../production/trouble.js";
import { OwnChoices } from "./own_choices.js";
import { Regenerate } from "./regenerate.js";
import { TakesDialog } from "./takes.js";
import { besideVerdict, isOpen, Verdict } from "./verdict.js";

/** `own` is what `useOwnMaterial` gives for this piece. */
export function PieceActions({ piece, name, own }) {
  const [opened, setOpened] = useState(null);
  const close = () => setOpened(null);
  const isBusy = piece.status === "making" || piece.status === "queued";
  return html`
    <p class="piece-actions">
      <button class="button quiet small" disabled=${isBusy}
        aria-label=${`Make ${name} again for ${piece.credits} credits`}
        onClick=${() => setOpened("regenerate")}><${Icon} name="retry" />Make again · ${piece.credits} credits</button>
      <button class="button quiet small" disabled=${!piece.takes} aria-label=${`${takesOf(piece)} of ${name}`}
        onClick=${() => setOpened("takes")}><${Icon} name="stack" />${takesOf(piece)}</button>
      <label class="button quiet small"><${Icon} name="upload" />Use my own<span class="unseen"> for ${name}</span>
        <input type="file" class="unseen" accept=${own.accept} disabled=${own.isLoading} onChange=${own.pick} /></label>
    </p>
    <${OwnFile} own=${own} warnings=${isBusy ? [] : besideVerdict(piece)} />
    ${
      isOpen(piece) &&
      html`
      <${Verdict} piece=${piece} name=${name} again=${() => setOpened("regenerate")}
        better=${() => setOpened("other model")} />`
    }
    ${
      own.choice &&
      html`
      <${OwnChoices} choice=${own.choice} name=${name} isBusy=${own.isLoading} onPut=${own.put}
        onCancel=${own.clear} />`
    }
    ${piece.status === "failed" && html`<${Trouble} piece=${piece} />`}
    ${opened === "regenerate" && html`<${Regenerate} piece=${piece} name=${name} onClose=${close} />`}
    ${opened === "other model" && html`<${Regenerate} piece=${piece} name=${name} onClose=${close} choosesTier />`}
    ${opened === "takes" && html`<${TakesDialog} piece=${piece} name=${name} onClose=${close} />`}`;
}

const OwnFile = ({ own: { isLoading, problem, clear }, warnings }) => html`
  <div role="status">
    ${isLoading && html`<p class="soft">Reading your file …</p>`}
    ${warnings.map((text) => html`<p class="remark"><${Icon} name="warning" /> ${text}</p>`)}
    ${
      problem &&
      html`
      <p class="problem"><${Icon} name="warning" /> ${problem} <button class="link" onClick=${clear}>Dismiss</button>
      </p>`
    }
  </div>`;
