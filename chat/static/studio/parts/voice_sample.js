// Hears a voice; one at a time.

import { Icon } from "./icons.js";
import { html, useEffect, useRef, useState } from "../preact.js";

export function VoiceSample({ voice, language, onProblem }) {
  const [isHeard, setHeard] = useState(false);
  const player = useRef(null);
  const stop = () => {
    player.current?.pause();
    setHeard(false);
  };
  useEffect(() => stop, [voice, language]);

  const hear = async () => {
    if (isHeard) return stop();
    const sound = new Audio(`/api/v1/options/voices/${encodeURIComponent(voice)}/sample?language=${language}`);
    player.current = sound;
    sound.onended = stop;
    setHeard(true);
    try {
      await sound.play();
    } catch (problem) {
      stop();
      if (problem.name !== "AbortError")
        onProblem("The voice cannot be heard at the moment. Try again, or choose it unheard.");
    }
  };
  return html`
    <button type="button" class="button quiet small" aria-pressed=${isHeard} onClick=${hear}>
      <${Icon} name=${isHeard ? "close" : "sound"} /> ${isHeard ? "Stop" : `Hear ${voice}`}
    </button>`;
}
