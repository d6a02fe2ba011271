// A reference picture on its way in: picked, dropped or pasted, uploaded at once, shown as a chip.

import * as api from "../wire/api.js";
import { useDrop } from "./drop.js";
import { Icon } from "./icons.js";
import { html, useRef, useState } from "../preact.js";

/** {upload: {id, name, preview} | null, isLoading, problem, pick, paste, dropTarget, clear} */
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
    pick: ({ target }) => {
      take(target.files[0]);
      target.value = "";
    },
    paste: ({ clipboardData }) => take(pictureIn(clipboardData.files)),
    dropTarget,
  };
}

async function receive(file) {
  const kept = await api.upload(file, "picture");
  return { id: kept.upload_id, name: file.name || "Pasted picture", preview: URL.createObjectURL(file) };
}

const pictureIn = (files) => [...files].find((file) => file.type.startsWith("image/"));

export const Attachment = ({ reference: { upload, isLoading, problem, clear } }) => html`
  <div class="attachment" role="status">
    ${isLoading && html`<span class="chip">Reading the picture …</span>`}
    ${
      problem &&
      html`<span class="problem">
      <${Icon} name="warning" /> ${problem} <button type="button" class="link" onClick=${clear}>Dismiss</button>
      </span>`
    }
    ${
      upload &&
      html`
      <span class="chip"><img src=${upload.preview} alt="" width="28" height="28" /> ${upload.name}
        <button type="button" class="link" aria-label=${`Remove ${upload.name}`} onClick=${clear}>
          <${Icon} name="close" /></button>
      </span>`
    }
  </div>`;
