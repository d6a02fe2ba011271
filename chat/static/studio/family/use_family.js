// The versions of a film, read again whenever the film changes; null until they are there.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { useEffect, useState } from "../preact.js";

const asked = new Map();

/** Tabs, downloads and dialogs ask at the same time, and are answered by one request. */
function readOnce(id) {
  if (!asked.has(id))
    asked.set(
      id,
      api.get(`tasks/${id}/versions`).finally(() => asked.delete(id)),
    );
  return asked.get(id);
}

export function useFamily(film) {
  const [family, setFamily] = useState(null);
  const begin = () =>
    reading(
      () => readOnce(film.id),
      ({ results, edits }) => setFamily({ films: results, edits }),
      () => setFamily(null),
    );
  const read = () => begin().tried;
  const isAlone = !(film.versions > 1);
  const isKnown = family?.films.some(({ id }) => id === film.id);
  useEffect(() => {
    if (isAlone) return setFamily(null);
    return begin().leave;
  }, [film.id, film.versions, film.script?.version, film.status, film.run?.id]);
  return { family: isKnown ? family : null, read };
}
