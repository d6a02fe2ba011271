import { App } from "./app.js";
import { html, render } from "./preact.js";
import { Studio } from "./studio.js";

const studio = new Studio(JSON.parse(document.getElementById("me").textContent));
const place = document.getElementById("studio");
place.replaceChildren();
render(html`<${App} studio=${studio} />`, place);
studio.start();
