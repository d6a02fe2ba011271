// PURE: edits of a script between the keyboard and the server. `film.draft` is null while there are none, else
// {content, base, state, sent?, problems}: `base` is the version it was made of; `state` is unsaved, saving, refused
// (by a rule; `problems` name the fields), waiting (for the connection) or conflict (somebody else was first).

/** The order of keys says nothing: the database has one of its own. */
const same = (one, other) => JSON.stringify(one, sorted) === JSON.stringify(other, sorted);

const sorted = (_, value) => (value?.constructor === Object ? Object.fromEntries(Object.entries(value).sort()) : value);

export const contentOf = (film) => film.draft?.content ?? film.script.content;

export function edited(film, content) {
  const { draft, script } = film;
  if (!draft && same(content, script.content)) return film;
  const state = draft?.state === "saving" || draft?.state === "conflict" ? draft.state : "unsaved";
  return { ...film, draft: { problems: [], base: script.version, ...draft, content, state } };
}

export const saving = (film) => ({
  ...film,
  draft: { ...film.draft, state: "saving", sent: film.draft.content, problems: [] },
});

export const notSaved = (film, state, problems = []) =>
  film.draft ? { ...film, draft: { ...film.draft, state, sent: undefined, problems } } : film;

/** A newer version is there, whoever made it. */
export function withScript(film, { version, content, warnings, next_scene_id: nextId }) {
  const nextSceneId = Math.max(film.nextSceneId, nextId ?? 1, ...content.clips.map(({ scene }) => scene.id + 1));
  if (film.script && version <= film.script.version) return { ...film, nextSceneId };
  return {
    ...film,
    nextSceneId,
    script: { version, content, warnings },
    history: historyAfter(film, version),
    restoring: null,
    draft: draftAfter(film, version, content),
  };
}

/** Keep what is being written and save it over the newest version. */
export const onTop = (film) => ({ ...film, draft: { ...film.draft, base: film.script.version, state: "unsaved" } });

export const discarded = (film) => ({ ...film, draft: null });

export const restoring = (film, direction) => ({ ...film, restoring: direction });

function draftAfter({ draft }, version, content) {
  if (!draft || same(draft.content, content)) return null;
  if (draft.sent && same(draft.sent, content)) return { ...draft, base: version, state: "unsaved", sent: undefined };
  return { ...draft, state: "conflict", sent: undefined };
}

/** Versions to go back and forth to; a new edit ends the way forth. */
function historyAfter({ script, history, restoring: direction }, version) {
  if (!script) return { past: Array.from({ length: version - 1 }, (_, place) => place + 1), future: [] };
  const { past, future } = history;
  if (direction === "undo") return { past: past.slice(0, -1), future: [script.version, ...future] };
  if (direction === "redo") return { past: [...past, script.version], future: future.slice(1) };
  return { past: [...past, script.version], future: [] };
}
