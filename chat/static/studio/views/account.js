// One's own account: password, mail, devices, and the end of it.

import { Devices } from "../account/devices.js";
import { Farewell } from "../account/farewell.js";
import { Keys } from "../account/keys.js";
import { Password } from "../account/password.js";
import * as api from "../wire/api.js";
import { useReading } from "../wire/arriving.js";
import { Switch } from "../parts/choices.js";
import { Pronunciations } from "../parts/pronunciations.js";
import { Untranslated } from "../parts/untranslated.js";
import { Webhooks } from "../account/webhooks.js";
import { html, useEffect, useReducer, useRef, useState } from "../preact.js";
import { useStudio } from "../use_studio.js";

export function AccountView() {
  const { studio } = useStudio();
  const [me, setMe] = useState(null);
  const [devices, lookAgain] = useReducer((count) => count + 1, 0);
  useReading(() => api.get("me"), setMe, studio.refusal, []);
  return html`
    <section class="page account-page" aria-labelledby="account-title" aria-busy=${!me}>
      <header><h1 id="account-title">Your account</h1><p class="soft">${me?.email}</p></header>
      ${me?.mail_possible && html`<${Notices} me=${me} setMe=${setMe} studio=${studio} />`}
      ${me && html`<${Sayings} studio=${studio} />`}
      ${me && html`<${KeptWords} studio=${studio} />`}
      ${me && html`<${Password} me=${me} setMe=${setMe} onChanged=${lookAgain} />`}
      ${me && html`<${Devices} key=${devices} studio=${studio} />`}
      ${me && html`<${Keys} studio=${studio} />`}
      ${me && html`<${Webhooks} studio=${studio} />`}
      ${me && html`<${Farewell} me=${me} studio=${studio} />`}
    </section>`;
}

function Sayings({ studio }) {
  const [entries, setEntries] = useState(null);
  const take = ({ pronunciations }) => setEntries(pronunciations);
  useReading(() => api.get("me/pronunciations"), take, studio.refusal, []);
  const change = async (pronunciations) => {
    const stored = await studio.attempt(() => api.put("me/pronunciations", { pronunciations }));
    if (stored) take(stored);
    return Boolean(stored);
  };
  return html`
    <section class="panel" aria-labelledby="sayings-title">
      <h2 id="sayings-title">How names are said</h2>
      ${
        entries &&
        html`<${Pronunciations} entries=${entries} onChange=${change}>
          <p class="soft">Your new films begin with this list. Each film has its own from then on, in its settings.</p>
        <//>`
      }
    </section>`;
}

function KeptWords({ studio }) {
  const [words, setWords] = useState(null);
  const take = ({ untranslated }) => setWords(untranslated);
  useReading(() => api.get("me/untranslated"), take, studio.refusal, []);
  const change = async (untranslated) => {
    const stored = await studio.attempt(() => api.put("me/untranslated", { untranslated }));
    if (stored) take(stored);
    return Boolean(stored);
  };
  return html`
    <section class="panel" aria-labelledby="kept-words-title">
      <h2 id="kept-words-title">Words that are never translated</h2>
      ${
        words &&
        html`<${Untranslated} words=${words} onChange=${change}>
          <p class="soft">They stay as they are in every film of yours that is translated from now on. A film may have
            more of them, in its settings.</p>
        <//>`
      }
    </section>`;
}

/** Mails lead to it: they are switched off where they were switched on. */
function Notices({ me, setMe, studio }) {
  const box = useRef(null);
  useEffect(() => void (location.hash === "#mail" && box.current.querySelector("input").focus()), []);
  const change = (on) => studio.attempt(async () => setMe(await api.patch("me", { mail_when_ready: on })));
  return html`
    <section class="panel" id="mail" ref=${box} aria-labelledby="notices-title">
      <h2 id="notices-title">Mail</h2>
      <${Switch} label="Tell me by mail when a film is ready" value=${me.mail_when_ready} onChange=${change}
        hint=${`To ${me.email}, for films that took longer than a moment.`} />
    </section>`;
}
