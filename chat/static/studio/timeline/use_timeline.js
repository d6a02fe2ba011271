// What is on the timeline: told by the server when the script or a take has changed, laid out as the script is now.

import * as api from "../wire/api.js";
import { useEffect, useMemo, useState } from "../preact.js";
import { contentOf } from "../state/draft_state.js";
import { laidOut } from "./layout.js";

/** {timeline, sounds, problem}: `sounds` are outlines by component, and come a little later. */
export function useTimeline(film) {
  const [told, setTold] = useState(null);
  const [sounds, setSounds] = useState({});
  const [problem, setProblem] = useState("");
  const takes = Object.values(film.components)
    .map(({ component, take }) => (/^(audio|line|music|video|scene)\//.test(component) ? `${component}:${take}` : ""))
    .join();
  useEffect(() => {
    let isWanted = true;
    const refused = ({ message }) => isWanted && setProblem(message);
    const arrived = (found) => {
      if (!isWanted) return;
      setTold(found);
      setProblem("");
    };
    api.get(`tasks/${film.id}/timeline`).then(arrived, refused);
    return () => {
      isWanted = false;
    };
  }, [film.id, film.script?.version, takes]);
  useEffect(() => {
    let isWanted = true;
    const arrived = ({ sounds: found }) =>
      isWanted && setSounds(Object.fromEntries(found.map((sound) => [sound.key, sound])));
    api.get(`tasks/${film.id}/timeline/sounds`).then(arrived, () => {});
    return () => {
      isWanted = false;
    };
  }, [film.id, takes]);
  const content = contentOf(film);
  const timeline = useMemo(() => told && laidOut(told, content), [told, content]);
  return { timeline, sounds, problem };
}
