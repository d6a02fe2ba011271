import { App } from "./app.js";
import { html, render } from "./preact.js";
import { Studio } from "./studio.js";
import { watchPictures } from "./wire/arriving.js";

// A file that misses its place must not replace the page.
for (const type of ["dragover", "drop"]) {
  window.addEventListener(type, (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
}

watchPictures(document);
const studio = new Studio(JSON.parse(document.getElementById("me").textContent));
const place = document.getElementById("studio");
place.replaceChildren();
render(html`<${App} studio=${studio} />`, place);
studio.start();
