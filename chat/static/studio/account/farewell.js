// Deleting one's account, with its address typed as the yes.

import { Dialog } from "../parts/dialog.js";
import { html, useState } from "../preact.js";

export function Farewell({ me, studio }) {
  const [isOpen, setOpen] = useState(false);
  return html`
    <section class="panel" aria-labelledby="farewell-title">
      <h2 id="farewell-title">Delete your account</h2>
      <p>All your films, files and messages are removed for good, and you are signed out everywhere.</p>
      ${
        me.accounts === "supabase" &&
        html`
        <p>Your sign-in at Supabase stays: delete it there, where you signed up.</p>`
      }
      ${
        me.is_staff
          ? html`<p>You are a member of staff. Ask an administrator to end that first.</p>`
          : html`<p><button class="button danger" aria-haspopup="dialog" onClick=${() => setOpen(true)}>
            Delete my account</button></p>`
      }
      ${isOpen && html`<${Confirmation} me=${me} studio=${studio} close=${() => setOpen(false)} />`}
    </section>`;
}

function Confirmation({ me, studio, close }) {
  const [typed, setTyped] = useState("");
  const isRight = typed.trim().toLowerCase() === me.email.toLowerCase();
  const erase = async (event) => {
    event.preventDefault();
    if (!isRight) return;
    await studio.deleteAccount(typed);
  };
  return html`
    <${Dialog} title="Delete your account?" onClose=${close}>
      <form class="farewell" onSubmit=${erase}>
        <div class="dialog-words">
          <p>There is no way back: films, takes, files and messages go for good, and your credits with them.</p>
          <label class="choice"><span class="legend">Type ${me.email} to go on</span>
            <input class="field wide" type="text" autocomplete="off" autocapitalize="none" spellcheck=${false}
              value=${typed} onInput=${({ target }) => setTyped(target.value)} /></label>
        </div>
        <p class="dialog-actions">
          <button type="button" class="button quiet" onClick=${close}>Keep my account</button>
          <button class="button danger" disabled=${!isRight}>Delete my account</button>
        </p>
      </form>
    <//>`;
}
