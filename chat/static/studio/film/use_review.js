// What guests said of the film, as REST tells it: read again whenever somebody said something or a run has ended.

import * as api from "../wire/api.js";
import { useReading } from "../wire/arriving.js";
import { useState } from "../preact.js";

/** {notes, approvals}: empty until they are read. */
export function useReview(film) {
  const [found, setFound] = useState({ notes: [], approvals: [] });
  useReading(
    () => Promise.all([api.getAll(`tasks/${film.id}/notes`), api.get(`tasks/${film.id}/approvals`)]),
    ([notes, { results: approvals }]) => setFound({ notes, approvals }),
    undefined,
    [film.id, film.reviewed, film.run?.id, film.components.fullvideo?.url],
  );
  return found;
}
