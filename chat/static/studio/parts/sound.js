// A button that plays a sound; starting one stops the other.

import { Icon } from "./icons.js";
import { html, useEffect, useRef, useState } from "../preact.js";

let playing = null;

export function PlaySound({ url, name }) {
  const sound = useRef(null);
  const [isPlaying, setPlaying] = useState(false);
  useEffect(() => () => sound.current?.pause(), [url]);

  const toggle = () => {
    if (isPlaying) return sound.current.pause();
    playing?.pause();
    sound.current = playing = new Audio(url);
    sound.current.onpause = () => setPlaying(false);
    setPlaying(true);
    return sound.current.play().catch(() => setPlaying(false));
  };
  return html`
    <button type="button" class="play-sound" aria-pressed=${isPlaying} aria-label=${`Play the ${name}`}
      onClick=${toggle}>
      <${Icon} name=${isPlaying ? "pause" : "play"} />
    </button>`;
}
