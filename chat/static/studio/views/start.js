// How a film begins: what it is about, and how it should be.

import { html, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";

export function StartView() {
  const { state, studio } = useStudio();
  const [prompt, setPrompt] = useState(state.ordering?.content ?? "");
  const order = (event) => {
    event.preventDefault();
    studio.say(prompt.trim());
  };
  return html`
    <section class="page" aria-labelledby="start-title">
      <h1 id="start-title">What is your film about?</h1>
      <form onSubmit=${order}>
        <textarea rows="3" value=${prompt} onInput=${({ target }) => setPrompt(target.value)} aria-label="What the film is about"></textarea>
        <button class="button" disabled=${!prompt.trim() || Boolean(state.ordering && !state.ordering.problem)}>Write the script</button>
      </form>
    </section>`;
}
