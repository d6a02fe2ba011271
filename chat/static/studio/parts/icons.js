// Drawn with strokes in a box of 24; they take the colour and the size of the text beside them, and say nothing.

import { html } from "../preact.js";

const PATHS = {
  play: "M7 4.5v15l12-7.5z",
  pause: "M8 5v14M16 5v14",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  upload: "M12 16V5M7 9.5l5-5 5 5M5 20h14",
  search: "M10.5 17a6.5 6.5 0 100-13 6.5 6.5 0 000 13zM15.5 15.5L20 20",
  stack: "M3 8h13v11H3zM7 8V5h14v11h-5",
  chat: "M4 5h16v11H9l-5 4z",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  send: "M4 12l16-8-6 16-3-7z",
  clip: "M8 12.5l6-6a3 3 0 014.3 4.2l-7.8 7.8a5 5 0 01-7-7.1L11 4",
  user: "M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20c1-4 4-5.5 7.5-5.5s6.500 1.500 7.500 5.500",
  films: "M4 5h16v14H4zM8 5v14M16 5v14M4 12h4M16 12h4",
  coin: "M12 20a8 8 0 100-16 8 8 0 000 16zM12 8v8M9.500 10.500c0-3 5-3 5 0M9.500 13.500c0 3 5 3 5 0",
  pencil: "M4 20l1-5L16 4l4 4L9 19z",
  camera: "M3 7h12v10H3zM15 11l6-3.500v9L15 13",
  film: "M5 3h14v18H5zM5 8h14M5 16h14",
  spark: "M12 3l2 7 7 2-7 2-2 7-2-7-7-2 7-2z",
  grip: "M9 6h.01M9 12h.01M9 18h.01M15 6h.01M15 12h.01M15 18h.01",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  bell: "M6 16V10.500a6 6 0 0112 0V16l1.500 2h-15zM10 21h4",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 010 12h-3",
  redo: "M15 14l5-5-5-5M20 9H10a6 6 0 000 12h3",
  clock: "M12 20a8 8 0 100-16 8 8 0 000 16zM12 8v4.500l3 1.500",
  music: "M9 18a3 3 0 11-6 0 3 3 0 016 0zM9 18V5l11-2v13M20 16a3 3 0 11-6 0 3 3 0 016 0z",
  warning: "M12 4l9 16H3zM12 10v4M12 17h.01",
  check: "M5 12.500l4.500 4.500L19 7",
  settings:
    "M4 7h10M18 7h2M4 17h2M10 17h10M16 9.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z" +
    "M8 19.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z",
  split: "M12 3v18M4 8h4M16 8h4M4 16h4M16 16h4",
  retry: "M4 12a8 8 0 0113.700-5.600L20 9M20 4v5h-5M20 12a8 8 0 01-13.700 5.600L4 15M4 20v-5h5",
  picture: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.500 9.500h.01",
  sound: "M4 10v4h3l5 4V6L7 10zM16 9a4 4 0 010 6M18.500 6.500a8 8 0 010 11",
};

export const Icon = ({ name }) => html`
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
