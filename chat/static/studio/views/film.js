// The finished film: to be watched, changed piece by piece, and taken away.

import { OutOfDate, Recut } from "../film/recut.js";
import { MadeHow } from "../film/made_how.js";
import { Player } from "../film/player.js";
import { Review } from "../film/review.js";
import { ScenePanel } from "../film/scene_panel.js";
import { Share } from "../film/share.js";
import { Upgrade } from "../film/upgrade.js";
import { useFilmVideo } from "../film/use_film_video.js";
import { AllLanguages } from "../family/all_languages.js";
import { NewVersion } from "../family/new_version.js";
import { followed } from "../parts/links.js";
import { TimelineStrip } from "../timeline/strip.js";
import { Icon } from "../parts/icons.js";
import { html, useState } from "../preact.js";
import { address } from "../state/route.js";
import { clock, scenesOf } from "../words/scenes.js";
import { useStudio } from "../use_studio.js";

const ZIPPED =
  "The film with and without music, captions, clips, stills, sounds, the script and a timeline for editing programs";

export function FilmView({ film }) {
  const { cut, newer, show, setWatched, problem } = useFilmVideo(film);
  if (problem && !cut) return html`<${NotShown} problem=${problem} />`;
  if (!film.components.fullvideo?.url) return html`<${NotYet} film=${film} />`;
  if (!cut)
    return html`<section class="loading" aria-busy="true" aria-label="The film is being loaded">
      <div class="bone screen-bone"></div></section>`;
  return html`
    <section class="page film-page" aria-labelledby="film-title">
      <${Head} film=${film} cut=${cut} />
      <${Recut} film=${film} />
      <${OutOfDate} film=${film} />
      ${
        newer &&
        html`<p class="newer" role="status">A new cut is ready. <button class="button small"
        onClick=${show}>Show it now</button></p>`
      }
      ${cut.warnings?.length > 0 && html`<${Remarks} texts=${cut.warnings} />`}
      <${Stage} film=${film} cut=${cut} setWatched=${setWatched} />
      <${MadeHow} credentials=${cut.credentials} />
    </section>`;
}

function Head({ film, cut }) {
  const older = cut.shows_the_newest ? "" : ` · shows version ${cut.version} of the script`;
  return html`
    <header class="film-head">
      <div>
        <h1 id="film-title">${film.title}</h1>
        <p class="soft">${clock(Math.round(cut.duration))} · ${film.settings.aspect_ratio}${older}</p>
      </div>
      <p class="film-actions">
        <${Upgrade} film=${film} />
        <a class="button" href=${`${cut.url}?download`} download><${Icon} name="download" />Download</a>
        <a class="button quiet" href=${`/api/v1/tasks/${film.id}/takeaway`} download
          title=${ZIPPED}><${Icon} name="films" />Everything as a zip</a>
        <${AllLanguages} film=${film} />
        <${NewVersion} film=${film} />
        <${Share} film=${film} />
      </p>
    </header>`;
}

/** What should be known of the film: letters without a font, clips that end before their scenes. */
const Remarks = ({ texts }) => html`
  <details class="film-remarks" open=${texts.length < 3}>
    <summary><${Icon} name="warning" /> ${
      texts.length === 1 ? "One thing" : `${texts.length} things`
    } to know about this film</summary>
    <ul>${texts.map((text) => html`<li key=${text}>${text}</li>`)}</ul>
  </details>`;

function Stage({ film, cut, setWatched }) {
  const scenes = scenesOf(film);
  const [chosen, choose] = useState(cut.scenes[0]?.scene);
  const place = scenes.find(({ scene }) => scene.id === chosen) ?? scenes[0];
  const [asked, setAsked] = useState(null);
  const seek = (at) => {
    choose(cut.scenes.findLast(({ start }) => start <= at)?.scene ?? chosen);
    setAsked({ at });
  };
  return html`
    <div class="watch">
      <${Player} film=${film} cut=${cut} scenes=${scenes} chosen=${place.scene.id} choose=${choose}
        setWatched=${setWatched} asked=${asked} />
      <${Review} film=${film} seek=${seek} />
    </div>
    <${TimelineStrip} film=${film} chosen=${place.scene.id} choose=${choose} />
    <${ScenePanel} key=${place.scene.id} film=${film} place=${place} />`;
}

const NotShown = ({ problem }) => html`
  <section class="empty" role="alert"><h1>The film cannot be shown</h1><p>${problem}</p></section>`;

function NotYet({ film }) {
  const { studio } = useStudio();
  const route = { page: "film", taskId: film.id, stage: "production" };
  return html`
    <section class="empty">
      <h1>There is no film yet</h1>
      <p>It appears here as soon as it is cut.</p>
      <p><a class="button" href=${address(route)}
        onClick=${(event) => followed(event, studio, route)}>See how far it is</a></p>
    </section>`;
}
