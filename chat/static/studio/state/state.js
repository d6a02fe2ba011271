// PURE: all that the studio knows, and the actions that change it.

import { emptyFilm, interrupted, loaded, notSaid, saying, standing, told, unavailable, unsaid } from "./film_state.js";

/** @typedef {import("../types.js").Route} Route */

/**
 * @param {{me: Record<string, any>, route: Route}} known
 * @returns {Record<string, any>}
 */
export function initialState({ me, route }) {
  return {
    me,
    credits: me.credits,
    providers: {},
    ownModels: {},
    options: null,
    link: "connecting",
    route,
    film: route.page === "film" ? emptyFilm(route.taskId) : null,
    ordering: null,
    drafts: 0,
    opened: null,
    notices: [],
    retiming: null,
    announcement: "",
    chatOpen: false,
    unread: 0,
  };
}

/**
 * @param {Record<string, any>} state
 * @param {Record<string, any> & {type: string}} action
 * @returns {Record<string, any>}
 */
export function reduce(state, action) {
  return ACTIONS[action.type](state, action);
}

const ACTIONS = {
  route: (state, { route }) => ({
    ...state,
    route,
    film: filmAt(state, route),
    chatOpen: false,
    unread: state.film?.id === route.taskId ? state.unread : 0,
  }),
  link: (state, { link }) => ({ ...state, link, film: link === "online" ? state.film : inFilm(state, interrupted) }),
  ready: (state, { frame }) => ({
    ...state,
    providers: frame.providers,
    ownModels: frame.own_models ?? {},
    credits: frame.credits,
  }),
  options: (state, { options }) => ({ ...state, options }),
  credits: (state, { credits }) => ({ ...state, credits }),
  chat: (state, { open }) => ({ ...state, chatOpen: open, unread: 0 }),
  announce: (state, { text }) => ({ ...state, announcement: text }),

  loaded: (state, { id, told: answers }) => ofFilm(state, id, (film) => loaded(film, answers)),
  standing: (state, { id, told: answers }) => ofFilm(state, id, (film) => ({ ...film, ...standing(film, answers) })),
  unavailable: (state, { id, problem }) => ofFilm(state, id, (film) => unavailable(film, problem)),
  film: (state, { id, change }) => ofFilm(state, id, change),
  frame: (state, { frame }) => {
    const credits = frame.type === "credits_updated" ? frame.data : state.credits;
    return ofFilm({ ...state, credits, unread: unreadAfter(state, frame) }, frame.task_id, (film) => told(film, frame));
  },

  ordering: (state, { line }) => ({ ...state, ordering: line && { ...line, problem: null } }),
  opened: (state, { taskId }) => ({
    ...state,
    ordering: null,
    drafts: state.drafts + 1,
    opened: { taskId, as: draftName(state) },
  }),
  saying: (state, { line }) => ofFilm(state, line.taskId, (film) => saying(film, line)),
  notSaid: (state, { clientId, problem }) => ({
    ...state,
    ordering: state.ordering?.clientId === clientId ? { ...state.ordering, problem } : state.ordering,
    film: inFilm(state, (film) => notSaid(film, clientId, problem)),
  }),
  unsaid: (state, { clientId }) => ({ ...state, film: inFilm(state, (film) => unsaid(film, clientId)) }),

  notice: (state, { notice }) => ({
    ...state,
    notices: [...state.notices.filter(({ id }) => id !== notice.id), notice],
  }),
  retiming: (state, { retiming }) => ({ ...state, retiming }),
  dismiss: (state, { id }) => ({ ...state, notices: state.notices.filter((notice) => notice.id !== id) }),
};

/**
 * The name of the line in which one writes: a film that is opened goes on with the line it was said in, which so keeps
 * the focus and what is typed meanwhile.
 *
 * @param {Record<string, any>} state
 * @returns {string}
 */
export function composerName(state) {
  const { film, opened } = state;
  if (!film) return draftName(state);
  return opened?.taskId === film.id ? opened.as : film.id;
}

const draftName = ({ drafts }) => `new ${drafts}`;

/** Answers that came while the chat was folded away; a wide window, where it never is, does not look at this. */
function unreadAfter({ film, chatOpen, unread }, { type, task_id: id, seq }) {
  const isNew = type === "agent_message" && id === film?.id && seq > film.lastSeq;
  return isNew && !chatOpen ? unread + 1 : unread;
}

function filmAt(state, route) {
  if (route.page !== "film") return null;
  return state.film?.id === route.taskId ? state.film : emptyFilm(route.taskId);
}

const inFilm = (state, change) => state.film && change(state.film);

const ofFilm = (state, id, change) =>
  state.film && state.film.id === id ? { ...state, film: change(state.film) } : state;
