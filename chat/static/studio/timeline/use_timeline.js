// What is on the timeline: told by the server when the script or a take has changed, laid out as the script is now.

import * as api from "../wire/api.js";
import { useReading } from "../wire/arriving.js";
import { useMemo, useState } from "../preact.js";
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
  const arrived = (found) => {
    setTold(found);
    setProblem("");
  };
  const heard = ({ sounds: found }) => setSounds(Object.fromEntries(found.map((sound) => [sound.key, sound])));
  const refused = ({ message }) => setProblem(message);
  useReading(() => api.get(`tasks/${film.id}/timeline`), arrived, refused, [film.id, film.script?.version, takes]);
  useReading(() => api.get(`tasks/${film.id}/timeline/sounds`), heard, undefined, [film.id, takes]);
  const content = contentOf(film);
  const timeline = useMemo(() => told && laidOut(told, content), [told, content]);
  return { timeline, sounds, problem };
}
