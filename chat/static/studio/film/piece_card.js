// One piece of a scene: what it looks or sounds like, how it stands, and what can be done with it.

import { Icon } from "../icons.js";
import { capital, ownName, smallOf } from "../pieces.js";
import { html, useState } from "../preact.js";
import { StateTag } from "../state_tag.js";
import { Trouble } from "../production/trouble.js";
import { OwnChoices } from "./own_choices.js";
import { useOwnMaterial } from "./own_material.js";
import { Preview } from "./preview.js";
import { Regenerate } from "./regenerate.js";
import { TakesDialog } from "./takes.js";

export function PieceCard({ piece, name, prompt }) {
  const [opened, setOpened] = useState(null);
  const own = useOwnMaterial(piece);
  const close = () => setOpened(null);
  const isBusy = piece.status === "making" || piece.status === "queued";
  return html`
    <li class="piece-card" ...${own.dropTarget}>
      <${Preview} piece=${piece} url=${piece.url} small=${smallOf(piece)} name=${name} />
      <div class="piece-words">
        <h3>${name}</h3>
        <p class="piece-stand"><${StateTag} piece=${piece} />${piece.take && html`<span class="soft">Take ${piece.take}${piece.takes > 1 ? ` of ${piece.takes}` : ""}</span>`}</p>
        <p class="piece-prompt">${piece.own_file == null ? prompt : capital(ownName(piece, piece.own_file))}</p>
        <p class="piece-actions">
          <button class="button quiet small" disabled=${isBusy} aria-label=${`Make ${name} again for ${piece.credits} credits`} onClick=${() => setOpened("regenerate")}><${Icon} name="retry" />Make again · ${piece.credits} credits</button>
          <button class="button quiet small" disabled=${!piece.takes} aria-label=${`${piece.takes ?? 0} ${piece.takes === 1 ? "take" : "takes"} of ${name}`} onClick=${() => setOpened("takes")}><${Icon} name="stack" />${piece.takes ?? 0} ${piece.takes === 1 ? "take" : "takes"}</button>
          <label class="button quiet small"><${Icon} name="upload" />Use my own<span class="unseen"> for ${name}</span>
            <input type="file" class="unseen" accept=${own.accept} disabled=${own.isLoading} onChange=${own.pick} /></label>
        </p>
        <div role="status">
          ${own.isLoading && html`<p class="soft">Reading your file …</p>`}
          ${!isBusy && piece.warnings?.map((text) => html`<p class="remark"><${Icon} name="warning" /> ${text}</p>`)}
          ${own.problem && html`<p class="problem"><${Icon} name="warning" /> ${own.problem} <button class="link" onClick=${own.clear}>Dismiss</button></p>`}
        </div>
        ${own.choice && html`<${OwnChoices} choice=${own.choice} name=${name} isBusy=${own.isLoading} onPut=${own.put} onCancel=${own.clear} />`}
        ${piece.status === "failed" && html`<${Trouble} piece=${piece} />`}
      </div>
      ${opened === "regenerate" && html`<${Regenerate} piece=${piece} name=${name} onClose=${close} />`}
      ${opened === "takes" && html`<${TakesDialog} piece=${piece} name=${name} onClose=${close} />`}
    </li>`;
}
