// All languages of a film in one file: it is made when it is first asked for, and downloaded when it is there.

import * as api from "../wire/api.js";
import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";
import { useFamily } from "./use_family.js";

const LOOK_MS = 1500;
const TRIES = 200;

export function AllLanguages({ film }) {
  const { studio } = useStudio();
  const [isBusy, setBusy] = useState(false);
  const films = useFamily(film).family?.films ?? [];
  if (new Set(films.map(({ settings }) => settings.language)).size < 2) return null;
  const take = async () => {
    setBusy(true);
    await studio.attempt(async () => {
      const { url, left_out } = await made(film.id);
      if (left_out.length) studio.tell(left_out.join(" "));
      location.assign(`${url}?download`);
    });
    setBusy(false);
  };
  return html`<button type="button" class="button quiet" disabled=${isBusy} onClick=${take}
    title="One file with a sound track and captions for each language">
    <${Icon} name="download" />${isBusy ? "Joining all languages …" : "All languages in one file"}</button>`;
}

/** The file, once the run that makes it is over. */
async function made(id) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await api.get(`tasks/${id}/video?all_languages=1`);
    } catch (error) {
      if (!error.details?.run_id || tries > TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
