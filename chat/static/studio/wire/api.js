// REST with the session's cookie. Whatever is refused, or does not arrive, is thrown as an ApiError.

const BASE = "/api/v1/";
const UNREACHABLE = "Pixora cannot be reached. Check your connection and try again; nothing you wrote is lost.";
const TRIES = 3;
const PAUSE_MS = 600;

class ApiError extends Error {
  constructor({ status = 0, code = "unreachable", message = UNREACHABLE, details = {} } = {}) {
    super(message);
    Object.assign(this, { status, code, details });
  }
}

export const get = (path) => call("GET", path);
export const post = (path, body) => call("POST", path, { body });
export const put = (path, body) => call("PUT", path, { body });
export const patch = (path, body) => call("PATCH", path, { body });
export const remove = (path) => call("DELETE", path);

/** The JSON of a file that an address leads to; null where there is none. */
export async function getFile(url) {
  const answer = await arrived(fetch(url));
  return answer.ok ? arrived(answer.json()) : null;
}

/** A write that must happen once: under one key it is sent again when its answer did not arrive. */
export async function postOnce(path, body, key) {
  for (let tries = 1; ; tries++) {
    try {
      return await call("POST", path, { body, headers: { "Idempotency-Key": key } });
    } catch (error) {
      if (error.code !== "unreachable" || tries === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * tries));
    }
  }
}

/** Every row of a list, page by page. */
export async function getAll(path) {
  const rows = [];
  let cursor = "";
  do {
    const page = await get(`${path}?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    rows.push(...page.results);
    cursor = page.next ?? "";
  } while (cursor);
  return rows;
}

/** `wanted` is picture, clip or sound: whatever else the file is, is refused. */
export async function upload(file, wanted) {
  const form = new FormData();
  form.append("file", file);
  return call("POST", `uploads?wanted=${wanted}`, { form });
}

/** In addresses the slash of a component's key is a dot. */
export const piece = (taskId, key) => `tasks/${taskId}/components/${encodeURIComponent(key.replaceAll("/", "."))}`;

/** The session has ended; signing in leads back here. */
export function signIn() {
  location.assign(`/login/?ended=1&next=${encodeURIComponent(location.pathname)}`);
}

async function call(method, path, { body, form, headers = {} } = {}) {
  const sent = { method, headers: { ...headers }, credentials: "same-origin", body: form };
  if (method !== "GET") sent.headers["X-CSRFToken"] = csrfToken();
  if (body !== undefined) {
    sent.body = JSON.stringify(body);
    sent.headers["Content-Type"] = "application/json";
  }
  const answer = await arrived(fetch(BASE + path, sent));
  if (answer.ok) return answer.status === 204 ? null : arrived(answer.json());
  throw await refusal(answer);
}

/** What was asked for; the connection may go away before an answer, and in the middle of one. */
async function arrived(asked) {
  try {
    return await asked;
  } catch {
    throw new ApiError();
  }
}

async function refusal(answer) {
  if (answer.status === 401) signIn();
  const told = await answer.json().catch(() => ({}));
  const error = {
    code: "internal",
    message: "Something went wrong on our side. Try again in a moment.",
    ...told.error,
  };
  return new ApiError({ ...error, status: answer.status, message: sentence(error) });
}

/** For people: the field stands where they filled it in, so its name is left out. */
function sentence({ message, details }) {
  const field = `${details?.field}: `;
  if (!message.startsWith(field)) return message;
  return message.charAt(field.length).toUpperCase() + message.slice(field.length + 1);
}

function csrfToken() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
}
