// A reference picture or a text of one's own on its way in: picked, dropped or pasted, uploaded, shown as a chip.

import * as api from "../wire/api.js";
import { useDrop } from "./drop.js";
import { Icon } from "./icons.js";
import { html, useRef, useState } from "../preact.js";

/** What the browser offers to pick: pictures, and the texts that a film can be made of. */
export const TEXTS = ".txt,.md,.docx,.pdf,.srt,.vtt,.fountain";

/** {upload: {id, kind, name, preview, words} | null, isLoading, problem, take, pick, paste, dropTarget, clear} */
export function useReference() {
  const [upload, setUpload] = useState(null);
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState("");
  const newest = useRef(0);

  const clear = () => {
    newest.current += 1;
    setUpload(null);
    setProblem("");
    setLoading(false);
  };
  const take = async (file) => {
    if (!file) return;
    clear();
    const mine = newest.current;
    setLoading(true);
    try {
      const kept = await receive(file);
      if (mine === newest.current) setUpload(kept);
    } catch (refused) {
      if (mine === newest.current) setProblem(refused.message);
    } finally {
      if (mine === newest.current) setLoading(false);
    }
  };
  const dropTarget = useDrop(take);
  return {
    upload,
    isLoading,
    problem,
    clear,
    take,
    pick: ({ target }) => {
      take(target.files[0]);
      target.value = "";
    },
    paste: (event) => {
      const long = longTextIn(event);
      if (long) event.preventDefault();
      take(long ?? pictureIn(event.clipboardData.files));
    },
    dropTarget,
  };
}

async function receive(file) {
  const kind = isText(file) ? "text" : "picture";
  const kept = await api.upload(file, kind);
  const seen = kind === "text" ? { words: kept.facts.words } : { preview: URL.createObjectURL(file) };
  return { id: kept.upload_id, kind, name: file.name || "Pasted picture", ...seen };
}

export const isText = (file) => TEXTS.split(",").some((ending) => file.name.toLowerCase().endsWith(ending));

/** What a message says of what is attached to it. `mode` is how the film follows a text. */
export function attached(upload, mode) {
  if (!upload) return {};
  if (upload.kind === "picture") return { reference_upload: upload.id };
  return { source: { asset: upload.id, ...(mode && { mode }) } };
}

/** A pasted text that the field has no room for, as the file that it then becomes: none of it is cut off. */
function longTextIn({ clipboardData, target }) {
  const text = clipboardData.getData("text/plain");
  const room = target.maxLength - target.value.length + (target.selectionEnd - target.selectionStart);
  return text.length > room ? new File([text], "Pasted text.txt", { type: "text/plain" }) : undefined;
}

const pictureIn = (files) => [...files].find((file) => file.type.startsWith("image/"));

export const Attachment = ({ reference: { upload, isLoading, problem, clear } }) => html`
  <div class="attachment" role="status">
    ${isLoading && html`<span class="chip">Reading the file …</span>`}
    ${
      problem &&
      html`<span class="problem">
      <${Icon} name="warning" /> ${problem} <button type="button" class="link" onClick=${clear}>Dismiss</button>
      </span>`
    }
    ${
      upload &&
      html`
      <span class="chip">${
        upload.preview
          ? html`<img src=${upload.preview} alt="" width="28" height="28" />`
          : html`<${Icon} name="clip" />`
      } ${upload.name}${upload.words && html` <small>${upload.words} words</small>`}
        <button type="button" class="link" aria-label=${`Remove ${upload.name}`} onClick=${clear}>
          <${Icon} name="close" /></button>
      </span>`
    }
  </div>`;
