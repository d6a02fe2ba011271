// The versions of a film, read again whenever the film changes; null until they are there.

import * as api from "../wire/api.js";
import { useEffect, useState } from "../preact.js";

const reading = new Map();

/** Tabs, downloads and dialogs ask at the same time, and are answered by one request. */
function readOnce(id) {
  if (!reading.has(id))
    reading.set(
      id,
      api.get(`tasks/${id}/versions`).finally(() => reading.delete(id)),
    );
  return reading.get(id);
}

export function useFamily(film) {
  const [family, setFamily] = useState(null);
  const read = () =>
    readOnce(film.id).then(
      ({ results, edits }) => setFamily({ films: results, edits }),
      () => setFamily(null),
    );
  const isAlone = !(film.versions > 1);
  const isKnown = family?.films.some(({ id }) => id === film.id);
  useEffect(() => {
    if (isAlone) setFamily(null);
    else read();
  }, [film.id, film.versions, film.script?.version, film.status, film.run?.id]);
  return { family: isKnown ? family : null, read };
}
