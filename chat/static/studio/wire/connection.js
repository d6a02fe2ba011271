// The WebSocket: it comes back by itself, notices a laptop that slept, and takes up each film where it was left.

const PROTOCOL = "pixora.v1";
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;
const PING_EVERY_MS = 20_000;
const ANSWER_WITHIN_MS = 8_000;
const SLEPT_MS = 90_000;

const SIGNED_OUT = 4401;
const ORIGIN_REFUSED = 4403;
const TOO_MANY = 4409;
const FLOODING = 4429;

export class Connection {
  /** `onState` hears "connecting", "online", "waiting", "offline", "refused" or "replaced". */
  constructor({ url, onFrame, onState, onReady, onSignedOut }) {
    Object.assign(this, { url, onFrame, onState, onReady, onSignedOut });
    this.socket = null;
    this.tries = 0;
    this.heardAt = Date.now();
    this.lookedAt = Date.now();
    window.addEventListener("online", () => this.open());
    window.addEventListener("offline", () => this.drop("offline"));
    document.addEventListener("visibilitychange", () => document.hidden || this.look());
    setInterval(() => this.look(), PING_EVERY_MS);
  }

  open() {
    clearTimeout(this.timer);
    this.close();
    this.onState("connecting");
    const socket = new WebSocket(this.url, [PROTOCOL]);
    this.socket = socket;
    socket.onmessage = ({ data }) => this.socket === socket && this.hear(JSON.parse(data));
    socket.onclose = ({ code }) => this.socket === socket && this.closed(code);
  }

  /** Whether it went out; what must not be lost is kept by whoever sends it. */
  send(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  hear(frame) {
    this.heardAt = Date.now();
    if (frame.type === "ready") {
      this.tries = 0;
      this.onState("online");
      this.onReady(frame);
    }
    this.onFrame(frame);
  }

  closed(code) {
    this.socket = null;
    if (code === SIGNED_OUT) return this.onSignedOut();
    if (code === ORIGIN_REFUSED) return this.onState("refused");
    if (code === TOO_MANY) return this.onState("replaced");
    if (code === FLOODING) this.tries = Math.max(this.tries, 4);
    if (!navigator.onLine) return this.onState("offline");
    return this.wait();
  }

  wait() {
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.tries, LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2);
    this.tries += 1;
    this.onState("waiting");
    this.timer = setTimeout(() => this.open(), pause);
  }

  /** Ask whether the other side is there; after a sleep, begin anew at once. */
  look() {
    const slept = Date.now() - this.lookedAt > SLEPT_MS;
    this.lookedAt = Date.now();
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    if (slept) return void this.open();
    const asked = Date.now();
    this.send({ type: "ping" });
    setTimeout(() => this.heardAt < asked && this.socket && this.open(), ANSWER_WITHIN_MS);
  }

  drop(state) {
    clearTimeout(this.timer);
    this.close();
    this.onState(state);
  }

  close() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }
}
