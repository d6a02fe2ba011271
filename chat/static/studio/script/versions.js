// Earlier versions of the script, what is different in them, and the way back.

import * as api from "../wire/api.js";
import { reading, useReading } from "../wire/arriving.js";
import { Dialog } from "../parts/dialog.js";
import { html, useEffect, useRef, useState } from "../preact.js";
import { differences, instead } from "./diff.js";
import { dayAndTime } from "../words/moments.js";

const MOST_PICTURES = 5;

export function Versions({ film, studio, close }) {
  const [versions, setVersions] = useState(null);
  const [chosen, setChosen] = useState(null);
  useReading(() => api.getAll(`tasks/${film.id}/script/versions`), setVersions, studio.refusal, [film.script.version]);

  const choose = async (version) =>
    setChosen(await studio.attempt(() => api.get(`tasks/${film.id}/script/versions/${version}`)));
  const goBack = async () => {
    await studio.saver.flush();
    await studio.saver.goTo(film.id, chosen.version);
    close();
  };
  return html`
    <${Dialog} title="Versions" onClose=${close} wide>
      <div class="versions-body">
        <ul>
          ${!versions && html`<li class="bone"></li>`}
          ${versions?.map(
            ({ version, reason, title, created_at: at }) => html`
            <li key=${version}><button class="version" aria-pressed=${chosen?.version === version}
              onClick=${() => choose(version)}>
              <b>${reason || `Version ${version}`}</b>
              <small>${[
                title !== film.title && title,
                reason && `Version ${version}`,
                version === film.script.version ? "as it is now" : dayAndTime(at),
              ]
                .filter(Boolean)
                .join(" · ")}</small>
              <${Pictures} film=${film} version=${version} /></button></li>`,
          )}
        </ul>
        <div class="version-diff" aria-live="polite">
          ${
            chosen
              ? html`<${Diff} from=${chosen} film=${film} />`
              : html`<p class="soft">Choose a version to see what has changed since.</p>`
          }
          ${
            chosen &&
            changesSince(chosen, film).length > 0 &&
            html`<button class="button" onClick=${goBack}>Go back to version ${chosen.version}</button>`
          }
        </div>
      </div>
    <//>`;
}

/** A version has a title of its own. */
function changesSince(from, film) {
  const renamed = {
    title: "The film",
    kind: "changed",
    fields: [{ name: "Title", parts: instead(from.title, film.title) }],
  };
  const isRenamed = from.title && from.title !== film.title;
  return [...(isRenamed ? [renamed] : []), ...differences(from.script, film.script.content)];
}

/** Asked for when they come into view, so that a hundred versions cost no more than the few that are seen. */
function Pictures({ film, version }) {
  const box = useRef(null);
  const [pictures, setPictures] = useState([]);
  useEffect(() => {
    let leave = () => {};
    const read = () => api.get(`tasks/${film.id}/script/versions/${version}/pictures`);
    const seen = new IntersectionObserver(([entry], observer) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      leave = reading(read, ({ results }) => setPictures(results)).leave;
    });
    seen.observe(box.current);
    return () => {
      seen.disconnect();
      leave();
    };
  }, [film.id, version]);
  return html`<span class="version-pictures" ref=${box}>${pictures.slice(0, MOST_PICTURES).map(
    ({ thumbnail_url: url, scene_index: place }) => html`
    <img key=${place} src=${url} alt="" loading="lazy" decoding="async" />`,
  )}</span>`;
}

function Diff({ from, film }) {
  const changes = changesSince(from, film);
  if (!changes.length)
    return html`<p class="soft">${
      from.version === film.script.version
        ? "This is the script as it is now."
        : "It says the same as the script does now."
    }</p>`;
  return html`
    <p class="soft">What has changed from version ${from.version} to now:</p>
    <ul class="changes">
      ${changes.map(
        ({ title, kind, fields }) => html`
        <li key=${title} data-kind=${kind}><h3>${title} ${kind !== "changed" && html`<span class="tag">${kind}</span>`}
        </h3>
          ${fields.map(
            ({ name, parts }) => html`
            <p key=${name}><span class="legend">${name}</span>
              ${parts.map(({ text, kind: how }, place) => html`<${PART[how]} key=${place}>${text}<//>`)}</p>`,
          )}
        </li>`,
      )}
    </ul>`;
}

const PART = { same: "span", new: "ins", old: "del" };
