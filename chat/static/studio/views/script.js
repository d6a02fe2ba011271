// The script as scene cards, edited in place and saved by itself.

import { contentOf } from "../state/draft_state.js";
import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";
import { Writing } from "../parts/progress.js";
import { Banners } from "../script/banners.js";
import { Characters } from "../script/characters.js";
import { MakeBar } from "../script/make_bar.js";
import { Scenes } from "../script/scenes.js";
import { Settings } from "../script/settings.js";
import { Versions } from "../script/versions.js";
import { useStudio } from "../use_studio.js";

export function ScriptView({ film }) {
  const { studio } = useStudio();
  if (!film.script) return html`<${NotWritten} film=${film} studio=${studio} />`;
  const content = contentOf(film);
  return html`
    <section class="page script" aria-labelledby="script-title">
      <${Head} film=${film} content=${content} studio=${studio} />
      <${Banners} film=${film} studio=${studio} />
      <${Characters} film=${film} content=${content} studio=${studio} />
      <${Scenes} film=${film} content=${content} studio=${studio} />
    </section>
    <${MakeBar} film=${film} />`;
}

function NotWritten({ film, studio }) {
  if (film.run || film.awaits || film.activity) {
    return html`
      <section class="page script" aria-labelledby="script-title" aria-busy="true">
        <h1 id="script-title">Writing the script …</h1>
        <p class="soft">The agent breaks your film down into scenes. It takes a few seconds, and costs nothing.</p>
        <${Writing} film=${film} />
        <div class="bone"></div><div class="bone"></div><div class="bone"></div>
      </section>`;
  }
  const write = () => studio.say("Write the script");
  return html`
    <section class="empty">
      <h1>${film.failure || film.status === "failed" ? "The script could not be written" : "There is no script yet"}
      </h1>
      <p>${film.failure?.message ?? "Answer the agent in the chat, or have it begin with what it knows."}</p>
      <p><button class="button" onClick=${write}>Write the script</button></p>
    </section>`;
}

const SAVED = {
  unsaved: "Saving soon …",
  saving: "Saving …",
  waiting: "Kept; it is saved when Pixora can be reached",
  refused: "Not saved",
  conflict: "Not saved",
};

const spokenBy = ({ voice, voice_character: own }) => (own?.startsWith("voice_") ? "a voice of your own" : voice);

function Head({ film, content, studio }) {
  const [open, setOpen] = useState("");
  const toggle = (name) => setOpen(open === name ? "" : name);
  const seconds = content.expected_duration;
  return html`
    <div class="script-head">
      <div>
        <h1 id="script-title">${film.title || "Script"}</h1>
        <p class="soft">${content.clips.length} ${
          content.clips.length === 1 ? "scene" : "scenes"
        } · ${seconds} s · ${content.style} · ${content.aspect_ratio} · ${
          film.settings.voice_over === false ? "no voice" : spokenBy(content)
        }</p>
      </div>
      <div class="script-tools" role="toolbar" aria-label="Script">
        <span class="soft saved" role="status">${
          film.draft ? SAVED[film.draft.state] : `Version ${film.script.version}`
        }</span>
        <button class="icon-button" aria-label="Undo" title="Undo"
          disabled=${!film.history.past.length || film.restoring} onClick=${() => studio.saver.step("undo")}>
            <${Icon} name="undo" /></button>
        <button class="icon-button" aria-label="Redo" title="Redo"
          disabled=${!film.history.future.length || film.restoring} onClick=${() => studio.saver.step("redo")}>
            <${Icon} name="redo" /></button>
        <button class="button quiet small" aria-haspopup="dialog" onClick=${() => setOpen("versions")}>
          <${Icon} name="clock" /> Versions</button>
        <button class="button quiet small" aria-expanded=${open === "settings"} onClick=${() => toggle("settings")}>
          <${Icon} name="settings" /> Settings</button>
      </div>
    </div>
    ${open === "settings" && html`<${Settings} film=${film} studio=${studio} />`}
    ${open === "versions" && html`<${Versions} film=${film} studio=${studio} close=${() => setOpen("")} />`}`;
}
