// PURE: one film as the studio knows it, and how what is told of it changes that. What is told twice counts once.

import { stoppedLine } from "../words/stopped.js";
import { withScript } from "./draft_state.js";

/** @typedef {import("../types.js").Film} Film */
/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../types.js").Problem} Problem */
/** @typedef {import("../types.js").Said} Said */

/**
 * Lines of the chat are {id, role, content, actions?, clientId?, state?, problem?, attachments?} in the order in which
 * they were told; `role` is user, agent or note, `state` is sending, failed or undefined.
 *
 * @param {string} id
 * @returns {Film}
 */
export function emptyFilm(id) {
  return {
    id,
    phase: "loading",
    problem: null,
    restorableUntil: null,
    title: "",
    prompt: "",
    status: "draft",
    settings: {},
    versions: 1,
    reference: null,
    script: null,
    nextSceneId: 1,
    draft: null,
    history: { past: [], future: [] },
    restoring: null,
    price: null,
    components: {},
    run: null,
    progress: null,
    failure: null,
    film: null,
    lines: [],
    streaming: null,
    activity: "",
    awaits: false,
    reviewed: 0,
    lastSeq: 0,
  };
}

/**
 * What REST answers about a film, all at once. `task.last_seq` was read first, so nothing told later is missed.
 *
 * @param {Film} film
 * @param {Record<string, any>} told
 * @returns {Film}
 */
export function loaded(film, { task, script, components, price, messages, refunds = [] }) {
  const known = script ? withScript(film, { ...script, content: script.script }) : film;
  const lines = inOrder([...messages.map(lineOf), ...refunds.map(refundLine)]);
  return {
    ...known,
    ...standing(film, { task, components, price }),
    phase: "ready",
    problem: null,
    lines: withEarlier(lines, film.lines),
    awaits: messages.some(({ turn }) => turn === "waiting" || turn === "answering"),
    lastSeq: task.last_seq,
  };
}

/**
 * It could not be read; of one's own that was deleted it is told until when it can be restored.
 *
 * @param {Film} film
 * @param {Problem} problem
 * @returns {Film}
 */
export function unavailable(film, problem) {
  const until = problem.details?.restorable_until;
  return until ? { ...film, phase: "deleted", restorableUntil: until } : { ...film, phase: "unavailable", problem };
}

/**
 * How it stands as a whole, read again after something changed. While it was read more may have been told: of the
 * pieces, that stays; whatever else is told makes the studio read once more.
 *
 * @param {Film} film
 * @param {Record<string, any>} told
 * @returns {Partial<Film>}
 */
export function standing(film, { task, components, price }) {
  const run = task.run && { id: task.run.run_id, status: task.run.status };
  const progress = task.run && { ...task.run, message: "" };
  return {
    title: task.title,
    prompt: task.prompt,
    status: task.status,
    settings: task.settings,
    versions: task.versions,
    reference: task.reference,
    run,
    progress: run && film.progress?.run_id === run.id ? film.progress : progress,
    components: {
      ...Object.fromEntries(components.map((piece) => [piece.component, piece])),
      ...draftOf(task),
      ...toldSince(film, task),
    },
    price,
  };
}

/**
 * One frame of the socket, durable or not. The receipt of a line that was sent again comes out of turn: it is taken
 * to heart, but what lies between is still awaited.
 *
 * @param {Film} film
 * @param {Frame} frame
 * @returns {Film}
 */
export function told(film, frame) {
  const { type, seq, data = {} } = frame;
  if (seq !== undefined && seq <= film.lastSeq) return type === "message_accepted" ? withReceipt(film, data) : film;
  const changed = TOLD[type] ? TOLD[type](film, data, frame) : film;
  return seq === film.lastSeq + 1 ? { ...changed, lastSeq: seq } : changed;
}

/**
 * What the user has just said, before anybody has confirmed it.
 *
 * @param {Film} film
 * @param {Partial<Said>} line
 * @returns {Film}
 */
export function saying(film, line) {
  return { ...film, lines: merged(film.lines, [{ ...line, role: "user", state: "sending" }]) };
}

/**
 * @param {Film} film
 * @param {string} clientId
 * @param {Problem} problem
 * @returns {Film}
 */
export function notSaid(film, clientId, problem) {
  return {
    ...film,
    lines: film.lines.map((line) => (line.clientId === clientId ? { ...line, state: "failed", problem } : line)),
  };
}

/**
 * @param {Film} film
 * @param {string} clientId
 * @returns {Film}
 */
export function unsaid(film, clientId) {
  return { ...film, lines: film.lines.filter((line) => line.clientId !== clientId || !line.state) };
}

/**
 * Half a sentence whose rest nobody will send.
 *
 * @param {Film} film
 * @returns {Film}
 */
export const interrupted = (film) => ({ ...film, streaming: null, activity: "" });

const TOLD = {
  message_accepted: (film, data) => ({ ...withReceipt(film, data), awaits: true }),
  agent_message_delta: (film, _, { message_id: id, delta }) => {
    const before = film.streaming?.id === id ? film.streaming.text : "";
    return { ...film, activity: "", streaming: { id, text: before + delta } };
  },
  agent_message: (film, _, { message_id: id, content, actions }) => ({
    ...film,
    awaits: false,
    activity: "",
    streaming: null,
    lines: merged(film.lines, [{ id, role: "agent", content, actions }]),
  }),
  credits_updated: (film, { reason, text, entry_id: id }) =>
    reason === "refund" ? { ...film, lines: merged(film.lines, [refundLine({ id, text })]) } : film,
  tool_activity: (film, { text }) => ({ ...film, activity: text }),
  task_updated: (film, { status, title, settings, deleted, restorable_until: until }) => ({
    ...film,
    status: status ?? film.status,
    title: title ?? film.title,
    settings: settings ?? film.settings,
    phase: deleted ? "deleted" : film.phase,
    restorableUntil: until ?? null,
  }),
  script_generated: scriptTold,
  script_updated: scriptTold,
  run_started: (film, { run_id: id, quote_id: quoteId, credits }) => ({
    ...film,
    lines: quoteId ? withUsed(film.lines, quoteId) : film.lines,
    status: credits ? "generating" : film.status,
    run: film.run ?? { id, status: "queued" },
    failure: null,
  }),
  progress_update: (film, data) => {
    const before = film.progress?.run_id === data.run_id ? film.progress.progress : 0;
    return {
      ...film,
      run: { id: data.run_id, status: "running" },
      progress: { ...data, progress: Math.max(before, data.progress) },
    };
  },
  component_updated: (film, data, frame) => ({
    ...film,
    components: { ...film.components, [data.component]: pieceTold(film.components[data.component], data, frame) },
  }),
  video_complete: (film, data, frame) => ({
    ...ended(film),
    status: "complete",
    film: data,
    lines: noted(film, frame, frame.content),
  }),
  run_failed: (film, data, frame) => ({
    ...ended(film),
    status: "failed",
    failure: data,
    lines: noted(film, frame, data.message),
  }),
  run_cancelled: (film, data, frame) => ({
    ...ended(film),
    status: "cancelled",
    lines: noted(film, frame, stoppedLine(data, film.script?.content.language)),
  }),
  note_added: reviewTold,
  note_resolved: reviewTold,
  approval: reviewTold,
};

/** What guests say is read over REST; here it is only known that there is more. */
function reviewTold(film, _, { seq }) {
  return { ...film, reviewed: seq };
}

/** The draft is none of a film's components: it is made once in a run, from what is there then. */
const draftOf = ({ animatic }) =>
  animatic && { animatic: { component: "animatic", status: "ready", stale: false, take: 1, ...animatic } };

const toldSince = ({ components }, { last_seq: read }) =>
  Object.fromEntries(Object.entries(components).filter(([, { told: seq }]) => seq > read));

/** A piece that is being made, or could not be, keeps the take it has. `told` is the number of what was told last. */
function pieceTold(before, { code, message, details, ...data }, { seq, timestamp }) {
  const { take = null, url = null, thumbnail_url = null, own_file = null, verdict = null } = before ?? {};
  const kept = data.url ? { verdict: data.verdict ?? null } : { take, url, thumbnail_url, own_file, verdict };
  return {
    ...before,
    ...data,
    ...kept,
    told: seq,
    takes: Math.max(before?.takes ?? 0, data.take ?? 0),
    started_at: data.status === "making" ? new Date(timestamp * 1000).toISOString() : null,
    error: data.status === "failed" ? { code, message, details } : null,
  };
}

function withReceipt(film, { message_id: id, client_message_id: clientId, content, attachments, source }) {
  return { ...film, lines: merged(film.lines, [{ id, clientId, role: "user", content, attachments, source }]) };
}

/** A price is used once: its button is over, however its run ends. */
function withUsed(lines, quoteId) {
  const marked = (action) => (action.send.quote_id === quoteId ? { ...action, used: true } : action);
  return lines.map((line) =>
    line.actions?.some(({ send }) => send.quote_id === quoteId) ? { ...line, actions: line.actions.map(marked) } : line,
  );
}

function scriptTold(film, { script, version, warnings, quote }, frame) {
  return {
    ...withScript(film, { version, content: script, warnings }),
    status: film.status === "draft" ? "scripted" : film.status,
    price: quote,
    lines: version === 1 ? noted(film, frame, frame.content) : film.lines,
  };
}

/** What the rest costs is asked again. */
const ended = (film) => ({ ...film, run: null, progress: null, failure: null, price: null });

/** A line that tells how the film goes on. It never comes between a question and its answer, and is not repeated. */
function noted({ lines }, { seq }, content) {
  const note = { id: `note-${seq}`, role: "note", content };
  const answered = lines.findLastIndex(({ role }) => role !== "user") + 1 || lines.length;
  const last = lines[answered - 1];
  if (isIn(lines)(note) || (last?.role === "note" && last.content === content)) return lines;
  return lines.toSpliced(answered, 0, note);
}

function lineOf({ id, role, content, client_message_id: clientId, actions, created_at: at }) {
  return { id, role, content, actions, clientId, at };
}

/**
 * The ledger keeps it, so it is in the chat again whenever the film is opened.
 *
 * @param {{id: string, text: string, created_at?: string}} refund
 */
const refundLine = ({ id, text, created_at: at }) => ({ id: `credits-${id}`, role: "note", content: text, at });

/**
 * Lines as they were read, with those that only this page knows: a note stays behind the line that it followed, and
 * what is still being sent comes last.
 */
function withEarlier(lines, earlier) {
  return earlier.reduce((found, line, place) => {
    if (isIn(found)(line)) return found;
    const before = line.role === "note" && earlier[place - 1];
    const behind = before ? found.findIndex((other) => same(before, other)) + 1 : 0;
    return found.toSpliced(behind || found.length, 0, line);
  }, lines);
}

const inOrder = (lines) => [...lines].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));

const same = (one, other) => one.id === other.id || Boolean(one.clientId && one.clientId === other.clientId);
const isIn = (lines) => (line) => lines.some((other) => same(line, other));

/** What is added replaces a line of the same id, or of the same name that its sender gave it; the rest comes last. */
function merged(lines, added) {
  const replaced = lines.map((line) => added.find((other) => same(line, other)) ?? line);
  return [...replaced, ...added.filter((line) => !isIn(lines)(line))];
}
