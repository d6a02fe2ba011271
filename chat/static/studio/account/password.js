// The form that changes one's password; where Supabase keeps it, the way there.

import * as api from "../wire/api.js";
import { html, useState } from "../preact.js";

const NOTHING = { current_password: "", new_password: "" };

export function Password({ me, setMe, onChanged }) {
  const [words, setWords] = useState(NOTHING);
  const [problem, setProblem] = useState(null);
  const [done, setDone] = useState("");
  const change = async (event) => {
    event.preventDefault();
    setProblem(null);
    setDone("");
    try {
      const { ended } = await api.post("me/password", words);
      setWords(NOTHING);
      setMe({ ...me, has_password: true });
      setDone(`Your password is changed.${signedOut(ended)}`);
      onChanged();
    } catch (refused) {
      if (!refused.code) throw refused;
      setProblem(refused);
    }
  };
  if (!me.can_change_password) {
    return html`
      <section class="panel" aria-labelledby="password-title"><h2 id="password-title">Password</h2>
        <p>Your password is kept where your account is, at Supabase. Change it where you sign up and sign in.</p>
        </section>`;
  }
  const isWrong = (name) => problem?.details.field === name;
  const field = (name, label, complete) => html`
    <label class="choice"><span class="legend">${label}</span>
      <input class="field wide" type="password" autocomplete=${complete} maxlength="128" required value=${words[name]}
        aria-invalid=${isWrong(name) ? "true" : undefined}
          aria-describedby=${isWrong(name) ? "password-problem" : undefined}
        onInput=${({ target }) => setWords({ ...words, [name]: target.value })} /></label>`;
  return html`
    <section class="panel" aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <form class="account-form" onSubmit=${change}>
        <input type="email" autocomplete="username" value=${me.email} hidden />
        ${me.has_password && field("current_password", "Current password", "current-password")}
        ${field("new_password", "New password", "new-password")}
        ${problem && html`<p id="password-problem" class="problem" role="alert">${withoutField(problem)}</p>`}
        <p><button class="button" disabled=${!words.new_password}>
          ${me.has_password ? "Change the password" : "Set a password"}</button></p>
        <p role="status">${done}</p>
      </form>
    </section>`;
}

const signedOut = (count) =>
  count ? ` ${count} other ${count === 1 ? "device was" : "devices were"} signed out.` : "";

/** The field is seen; its name is for programs. */
const withoutField = ({ message, details }) => {
  const words = message.replace(`${details.field}: `, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
};
