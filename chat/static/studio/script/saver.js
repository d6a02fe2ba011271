// Saves edits of a script by themselves: soon after the last key, one at a time, and never over somebody else's.

import * as api from "../wire/api.js";
import {
  contentOf,
  discarded,
  edited,
  notSaved,
  onTop,
  restoring,
  saving,
  takenUp,
  withSaved,
  withScript,
} from "../state/draft_state.js";

const PAUSE_MS = 900;
const AGAIN_MS = 4_000;
const PASSING = new Set(["unreachable", "rate_limited", "run_active"]);

export class ScriptSaver {
  constructor(studio) {
    this.studio = studio;
    window.addEventListener("pagehide", () => this.flush());
  }

  get film() {
    return this.studio.state.film;
  }

  change(id, change) {
    this.studio.dispatch({ type: "film", id, change });
  }

  /** `edit` makes new content of the content as it is now. */
  edit(edit) {
    const { film } = this;
    const content = edit(contentOf(film));
    this.keep(film.id, content, film.draft?.base ?? film.script.version);
    this.change(film.id, (now) => edited(now, content));
    this.soon(PAUSE_MS);
  }

  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  async flush() {
    clearTimeout(this.timer);
    const { film } = this;
    if (!film?.draft || ["saving", "conflict"].includes(film.draft.state)) return this.saved;
    this.saved = this.save(film);
    return this.saved;
  }

  async save({ id, draft }) {
    this.change(id, saving);
    try {
      const told = await api.put(`tasks/${id}/script`, { version: draft.base, script: draft.content });
      this.change(id, (film) => withSaved(film, { ...told, content: told.script }));
    } catch (problem) {
      this.refused(id, problem);
    }
    const left = this.film?.id === id && this.film.draft;
    if (!left) this.forget(id);
    else if (left.state === "unsaved") this.soon(PAUSE_MS);
  }

  refused(id, problem) {
    if (problem.code === "version_conflict") {
      const { version, script: content } = problem.details;
      return this.change(id, (film) => notSaved(withScript(film, { version, content, warnings: [] }), "conflict"));
    }
    if (problem.status >= 500 || PASSING.has(problem.code)) {
      this.change(id, (film) => notSaved(film, "waiting"));
      return this.soon(AGAIN_MS);
    }
    const problems = problem.details?.problems ?? [{ field: problem.details?.field ?? "", message: problem.message }];
    return this.change(id, (film) => notSaved(film, "refused", problems));
  }

  saveOnTop() {
    this.change(this.film.id, onTop);
    this.flush();
  }

  discard() {
    clearTimeout(this.timer);
    this.forget(this.film.id);
    this.change(this.film.id, discarded);
  }

  /** To the version before, or forth again; what is not saved yet is saved first. An edit that was refused is what undo
   * takes back; while one stands against somebody else's, that is decided first. */
  async step(direction) {
    await this.flush();
    const { id, draft, history } = this.film;
    if (draft?.state === "refused" && direction === "undo") return this.discard();
    if (draft) return undefined;
    const version = direction === "undo" ? history.past.at(-1) : history.future[0];
    if (version) await this.goTo(id, version, direction);
    return undefined;
  }

  async goTo(id, version, direction = null) {
    this.change(id, (film) => restoring(film, direction));
    await this.studio.attempt(async () => {
      const told = await api.post(`tasks/${id}/script/versions/${version}/restore`);
      this.change(id, (film) => withScript(film, { ...told, content: told.script }));
    });
    this.change(id, (film) => restoring(film, null));
  }

  // What is not saved yet outlives the page

  keep(id, content, base) {
    localStorage.setItem(`pixora.draft.${id}`, JSON.stringify({ content, base }));
  }

  forget(id) {
    localStorage.removeItem(`pixora.draft.${id}`);
  }

  /** After a reload: edits that had not reached the server. */
  takeUp(id) {
    const kept = JSON.parse(localStorage.getItem(`pixora.draft.${id}`));
    if (!kept || !this.film?.script) return;
    this.change(id, (film) => takenUp(film, kept));
    if (this.film.draft) this.flush();
    else this.forget(id);
  }
}
