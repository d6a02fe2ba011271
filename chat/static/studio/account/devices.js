// Where one is signed in, and how to sign out there.

import * as api from "../wire/api.js";
import { html, useState } from "../preact.js";
import { Unread } from "../parts/unread.js";
import { usePages } from "../wire/use_pages.js";
import { dayAndTime } from "../words/moments.js";

const UNKNOWN = "Unknown device";

export function Devices({ studio }) {
  const list = usePages("me/sessions?limit=20");
  const [done, setDone] = useState("");
  const others = list.rows?.filter(({ is_this: isThis }) => !isThis) ?? [];
  const end = (path, words) =>
    studio.attempt(async () => {
      await api.remove(path);
      setDone(words);
      await list.again();
    });
  return html`
    <section class="panel" aria-labelledby="devices-title">
      <h2 id="devices-title">Where you are signed in</h2>
      <${Unread} list=${list} />
      <ul class="devices">
        ${list.rows?.map(
          ({ id, device, is_this: isThis, created_at: at }) => html`
          <li key=${id}><span><b>${device || UNKNOWN}</b><small class="soft">Since ${dayAndTime(at)}</small></span>
            ${
              isThis
                ? html`<span class="tag">this device</span>`
                : html`
              <button class="button quiet small" aria-label=${`Sign out ${device || UNKNOWN}, since ${dayAndTime(at)}`}
                onClick=${() => end(`me/sessions/${id}`, `${device || UNKNOWN} is signed out.`)}>Sign out</button>`
            }</li>`,
        )}
      </ul>
      ${
        list.hasMore &&
        html`
        <p><button class="button quiet small" disabled=${list.isLoading} onClick=${list.more}>Show more devices</button>
        </p>`
      }
      ${
        others.length > 0 &&
        html`
        <p><button class="button quiet" onClick=${() => end("me/sessions", "All other devices are signed out.")}>
          Sign out all other devices</button></p>`
      }
      <p role="status">${done}</p>
    </section>`;
}
