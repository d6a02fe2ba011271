// Everything that happens: what the user does, what the server tells, and what the page does about both.

import * as api from "./wire/api.js";
import { connectionIsBack, reading } from "./wire/arriving.js";
import { carryOver } from "./state/kept.js";
import { Connection } from "./wire/connection.js";
import { newName } from "./wire/names.js";
import { notify } from "./parts/notify.js";
import { standing, whole } from "./wire/film.js";
import { Outbox } from "./wire/outbox.js";
import { address, parse } from "./state/route.js";
import { ScriptSaver } from "./script/saver.js";
import { initialState, reduce } from "./state/state.js";
import { createStore } from "./state/store.js";

const LOOK_AGAIN_MS = 300;
const CHANGES_STANDING = new Set([
  "script_generated",
  "script_updated",
  "task_updated",
  "run_started",
  "video_complete",
  "run_failed",
  "run_cancelled",
]);
const NOTICE_MS = 12_000;
const COME_BACK_AGAIN_MS = 2_000;
/** What somebody gave is told wherever one is; what a film costs is seen there anyway. */
const GIVEN = new Set(["grant", "purchase", "refund"]);

/** Where one wrote is gone with the page it was on. */
function focusTheChat() {
  if (document.activeElement === document.body) document.querySelector("#chat textarea")?.focus();
}

export class Studio {
  constructor(me) {
    this.store = createStore(reduce, initialState({ me, route: parse(location.pathname) }));
    this.outbox = new Outbox(localStorage, me.id);
    this.saver = new ScriptSaver(this);
    this.connection = new Connection({
      url: `${location.protocol.replace("http", "ws")}//${location.host}/ws/chat/`,
      onFrame: (frame) => this.hear(frame),
      onState: (link) => this.dispatch({ type: "link", link }),
      onReady: (frame) => this.ready(frame),
      onSignedOut: api.signIn,
    });
    window.addEventListener("popstate", () => this.show(parse(location.pathname)));
    window.addEventListener("focus", () => this.comeBack());
    document.addEventListener("visibilitychange", () => document.hidden || this.comeBack());
  }

  get state() {
    return this.store.get();
  }

  dispatch(action) {
    this.store.dispatch(action);
  }

  start() {
    const [ordered] = this.outbox.lines().filter(({ task_id: taskId, after }) => !taskId && !after);
    if (ordered && !this.state.film) this.showLine(ordered);
    this.connection.open();
    const told = (options) => this.dispatch({ type: "options", options });
    reading(() => api.get("options"), told, this.refusal);
    if (this.state.film) this.load(this.state.film.id);
  }

  // Where one is

  go(route, { replace = false } = {}) {
    const path = address(route);
    if (path !== location.pathname) history[replace ? "replaceState" : "pushState"](null, "", path);
    this.show(parse(path));
  }

  show(route) {
    const before = this.state.film?.id;
    this.saver.flush();
    this.dispatch({ type: "route", route });
    if (route.page === "film" && route.taskId !== before) this.load(route.taskId);
  }

  // What is known of a film

  load(id) {
    const loaded = (told) => {
      this.dispatch({ type: "loaded", id, told });
      this.showUnsaid(id);
      this.saver.takeUp(id);
      this.follow();
    };
    this.lastLoad?.leave();
    this.lastLoad = reading(
      () => whole(id),
      loaded,
      (problem) => this.dispatch({ type: "unavailable", id, problem }),
    );
    return this.lastLoad.tried;
  }

  async restore(id) {
    await this.attempt(async () => {
      await api.post(`tasks/${id}/restore`);
      await this.load(id);
    });
  }

  /** Soon, once, however much changes at a time. */
  lookAgain() {
    clearTimeout(this.looking);
    this.looking = setTimeout(() => this.look(), LOOK_AGAIN_MS);
  }

  look() {
    const id = this.state.film?.id;
    if (!id || this.state.film.phase !== "ready") return;
    this.lastLook?.leave();
    this.lastLook = reading(
      async () => standing(await api.get(`tasks/${id}`)),
      (told) => this.dispatch({ type: "standing", id, told }),
      (problem) => problem.code !== "unreachable" && this.tell(problem.message),
    );
  }

  /** When one looks at the page again: what may not have been heard meanwhile. */
  comeBack() {
    if (Date.now() - (this.cameBackAt ?? 0) < COME_BACK_AGAIN_MS) return;
    this.cameBackAt = Date.now();
    this.lookAtBalance();
    if (this.state.film?.phase === "deleted") this.load(this.state.film.id);
  }

  async lookAtBalance() {
    try {
      const { balance, held } = await api.get("credits?limit=1");
      this.dispatch({ type: "credits", credits: { balance, held } });
    } catch (problem) {
      if (!problem.code) throw problem;
    }
  }

  follow() {
    const { film } = this.state;
    if (film?.phase === "ready") this.connection.send({ type: "subscribe", task_id: film.id, after: film.lastSeq });
  }

  // What the server says

  async ready(frame) {
    this.dispatch({ type: "ready", frame });
    connectionIsBack();
    this.follow();
    await this.lastLoad?.tried;
    await this.saver.flush();
    const lines = this.outbox.lines();
    const opens = new Set(lines.map(({ client_message_id }) => client_message_id));
    for (const line of lines) if (!line.problem && !opens.has(line.after)) this.post(line);
  }

  hear(frame) {
    if (frame.type === "error") return this.refused(frame.data);
    if (frame.type === "message_accepted") this.accepted(frame);
    if (frame.type === "credits_updated") this.given(frame);
    this.dispatch({ type: "frame", frame });
    if (CHANGES_STANDING.has(frame.type) && frame.task_id === this.state.film?.id) this.lookAgain();
    const { film } = this.state;
    if (frame.task_id !== film?.id) return;
    if (frame.data?.deleted === false) this.load(frame.task_id);
    const spoken = SPOKEN[frame.type]?.(frame);
    if (spoken) this.dispatch({ type: "announce", text: spoken });
    const ending = ENDINGS[frame.type];
    if (ending) notify(ending, film.title, () => this.go({ page: "film", taskId: film.id }));
  }

  accepted({ task_id: taskId, data }) {
    this.outbox.settle(data.client_message_id);
    if (data.client_message_id && this.state.ordering?.clientId === data.client_message_id) {
      this.dispatch({ type: "opened", taskId });
      carryOver("said.new", `said.${taskId}`);
      this.go({ page: "film", taskId });
      requestAnimationFrame(() => setTimeout(focusTheChat));
    }
    for (const line of this.outbox.lines().filter(({ after }) => after && after === data.client_message_id)) {
      const { after, ...said } = { ...line, task_id: taskId };
      this.outbox.keep(said);
      this.post(said);
    }
  }

  /** In the film it is for, its chat says so. */
  given({ seq, task_id: taskId, data: { reason, text } }) {
    if (seq === undefined && GIVEN.has(reason) && !(taskId && taskId === this.state.film?.id)) this.tell(text);
  }

  refused({ client_message_id: clientId, message }) {
    if (!clientId) return this.tell(message);
    const line = this.outbox.lines().find((kept) => kept.client_message_id === clientId);
    if (line) this.outbox.keep({ ...line, problem: message });
    return this.dispatch({ type: "notSaid", clientId, problem: message });
  }

  // What the user says

  /** Without a film it opens one. */
  say(content, { metadata = {}, clientId = newName("said"), taskId = this.state.film?.id ?? null } = {}) {
    const line = { content, metadata, client_message_id: clientId, task_id: taskId, at: Date.now() / 1000 };
    const { ordering } = this.state;
    if (!taskId && ordering && !ordering.problem && ordering.clientId !== clientId)
      return this.sayAfter(ordering, line);
    this.outbox.keep(line);
    this.showLine(line);
    return this.postAfterEdits(line);
  }

  /** What somebody edited before speaking is saved before that is heard: else their own wish would stand against it. */
  async postAfterEdits(line) {
    await this.saver.flush();
    this.post(line);
  }

  /** What is said while a film is being opened is for that film, and waits until it is there. */
  sayAfter(ordering, line) {
    this.outbox.keep({ ...line, after: ordering.clientId });
    const waiting = [...(ordering.waiting ?? []), spoken(line)];
    this.dispatch({ type: "ordering", line: { ...ordering, waiting } });
  }

  showLine(line) {
    this.dispatch({ type: line.task_id ? "saying" : "ordering", line: spoken(line) });
    if (line.problem) this.dispatch({ type: "notSaid", clientId: line.client_message_id, problem: line.problem });
  }

  post({ content, metadata, client_message_id, task_id }) {
    const frame = { type: "message", content, metadata, client_message_id };
    this.connection.send(task_id ? { ...frame, task_id } : frame);
  }

  sayAgain({ clientId, content, metadata }) {
    this.say(content, { clientId, metadata });
  }

  takeBack(clientId) {
    this.outbox.settle(clientId);
    this.dispatch({ type: "unsaid", clientId });
    if (this.state.ordering?.clientId === clientId) this.dispatch({ type: "ordering", line: null });
  }

  /** Of this film; what turns out to have arrived is settled. */
  showUnsaid(taskId) {
    const arrived = new Set(this.state.film.lines.filter(({ state }) => !state).map(({ clientId }) => clientId));
    for (const line of this.outbox.lines().filter(({ task_id: id }) => id === taskId)) {
      if (arrived.has(line.client_message_id)) this.outbox.settle(line.client_message_id);
      else this.showLine(line);
    }
  }

  /** A button of the agent's: a frame to send. What spends goes over REST, where its answer is known. */
  press({ send }) {
    if (send.type === "approve_script") return this.approve(send.quote_id);
    return this.connection.send(send) || this.tell("There is no connection at the moment. Try again when it is back.");
  }

  // What is made

  /** Make everything missing or stale at the price shown; a price that changed is shown before anything is spent. */
  async make({ credits, components, models }) {
    const { id } = this.state.film;
    await this.attempt(async () => {
      await this.saver.flush();
      const quote = await api.post(`tasks/${id}/quote`, components ? { components, models } : {});
      if (quote.credits !== credits) {
        this.lookAgain();
        return this.tell(`The price has changed: it is ${quote.credits} credits now. Press the button again to go on.`);
      }
      return this.approve(quote.quote_id);
    });
  }

  /** The pictures and clips of some scenes, in a tier or by models, at the price shown. */
  async makeBetter(wanted, credits) {
    const { id } = this.state.film;
    await this.attempt(async () => {
      const quote = await api.post(`tasks/${id}/quote`, wanted);
      if (quote.credits !== credits) return this.tell(`The price has changed: it is ${quote.credits} credits now.`);
      return this.approve(quote.quote_id);
    });
  }

  /** Each press is a request of its own: what the price once began may have ended since. */
  async approve(quoteId) {
    const { id } = this.state.film;
    await this.attempt(async () => {
      const answer = await api.postOnce(`tasks/${id}/runs`, { quote_id: quoteId }, newName("start")).catch(otherPrice);
      this.lookAgain();
      if (answer.changed) return this.tell(answer.changed);
      return this.go({ page: "film", taskId: id });
    });
  }

  /** Whether it could be changed. */
  async changeScene(place, changes) {
    await this.saver.flush();
    const {
      id,
      script: { version },
    } = this.state.film;
    const changed = await this.attempt(() => api.patch(`tasks/${id}/script/scenes/${place}`, { version, changes }));
    return Boolean(changed);
  }

  /** Of the film's settings or its title; what follows from it is told by events. */
  async change(changes) {
    await this.saver.flush();
    const { id } = this.state.film;
    return this.attempt(() =>
      api.patch(`tasks/${id}`, changes).catch((problem) => this.asksFirst(id, changes, problem)),
    );
  }

  /** Other models make clips of other lengths: what would become of the scenes is shown before it is done. */
  asksFirst(id, changes, problem) {
    if (problem.code !== "lengths_change") throw problem;
    this.dispatch({ type: "retiming", retiming: { id, changes, scenes: problem.details.scenes } });
  }

  async cancel() {
    await this.attempt(() => api.post(`tasks/${this.state.film.id}/cancel`));
  }

  async signOut() {
    await this.attempt(async () => {
      await api.post("auth/logout");
      location.assign("/login/");
    });
  }

  /** Its sessions end with it; that the socket is closed then is no reason to sign in again. */
  async deleteAccount(email) {
    this.connection.drop("offline");
    const gone = await this.attempt(async () => {
      await api.post("me/deletion", { email });
      return true;
    });
    if (gone) location.assign("/login/?closed");
    else this.connection.open();
  }

  // What goes wrong

  /** Returns what the work returns; what it is refused is told. */
  async attempt(work) {
    try {
      return await work();
    } catch (problem) {
      if (!problem.code) throw problem;
      this.tell(problem.message);
      return undefined;
    }
  }

  /** Tells why a reading was refused; bound, so that it can be handed over. */
  refusal = ({ message }) => this.tell(message);

  tell(text) {
    const notice = { id: newName("notice"), text };
    this.dispatch({ type: "notice", notice });
    setTimeout(() => this.dispatch({ type: "dismiss", id: notice.id }), NOTICE_MS);
  }
}

/** What was agreed to has changed since, or has been begun and has ended: nothing is started, and the price is said. */
function otherPrice(problem) {
  if (problem.code !== "quote_changed") throw problem;
  return { changed: `Nothing was started. ${problem.message} It costs ${problem.details.credits} credits.` };
}

/** What screen readers are told; progress only where a stage begins. */
const SPOKEN = {
  agent_message: ({ content }) => content,
  script_generated: ({ content }) => content,
  video_complete: ({ content }) => content,
  run_failed: ({ data }) => data.message,
};

/** What somebody is told who looks elsewhere meanwhile. */
const ENDINGS = { video_complete: "Your film is ready", run_failed: "Your film needs a look" };

const spoken = ({ content, metadata, client_message_id: clientId, task_id: taskId }) => ({
  id: clientId,
  clientId,
  taskId,
  content,
  metadata,
  attachments: [metadata.reference_upload, metadata.source?.asset].filter(Boolean),
  source: metadata.source,
});
