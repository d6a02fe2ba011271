// What guests said of the film, as REST tells it: read again whenever somebody said something or a run has ended.

import * as api from "../wire/api.js";
import { useEffect, useState } from "../preact.js";

/** {notes, approvals}: empty until they are read, and where that fails. */
export function useReview(film) {
  const [found, setFound] = useState({ notes: [], approvals: [] });
  useEffect(() => {
    let isWanted = true;
    Promise.all([api.getAll(`tasks/${film.id}/notes`), api.get(`tasks/${film.id}/approvals`)]).then(
      ([notes, { results: approvals }]) => isWanted && setFound({ notes, approvals }),
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [film.id, film.reviewed, film.run?.id, film.components.fullvideo?.url]);
  return found;
}
