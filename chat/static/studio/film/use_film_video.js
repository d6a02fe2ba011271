// The finished film as REST tells it, and which cut is on the screen while a newer one is there.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { useEffect, useRef, useState } from "../preact.js";

/** {cut, newer, show, problem}: `newer` waits until nobody watches the old one. */
export function useFilmVideo(film) {
  const url = film.components.fullvideo?.url ?? null;
  const [cut, setCut] = useState(null);
  const [newer, setNewer] = useState(null);
  const [problem, setProblem] = useState("");
  const watched = useRef(false);
  const shown = useRef(null);
  shown.current = cut;

  useEffect(() => {
    if (!url) return undefined;
    const arrived = (found) => {
      setProblem("");
      if (watched.current && shown.current?.take !== found.take) setNewer(found);
      else setCut(found);
    };
    return reading(
      () => api.get(`tasks/${film.id}/video`),
      arrived,
      ({ message }) => setProblem(message),
    ).leave;
  }, [url, film.script?.version]);

  const show = () => {
    setCut(newer);
    setNewer(null);
  };
  const setWatched = (isWatched) => {
    watched.current = isWatched;
    if (!isWatched && newer) show();
  };
  return { cut, newer, show, setWatched, problem };
}
