// The page behind a link that lets its guests review: notes at the moment where the film stands, sent without leaving
// it. All that is shown is written by the server; without this script the forms do the same.

const KEY = "pixora.guest";
const NAME = "pixora.guest.name";
const LOOK_EVERY_MS = 20_000;

const video = document.querySelector("video.film");
const root = document.getElementById("review").dataset.root;
const author = guestKey();

/** The secret by which this browser's guest is the author of their notes. */
function guestKey() {
  const kept = localStorage.getItem(KEY);
  if (kept) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  localStorage.setItem(KEY, made);
  return made;
}

const review = () => document.getElementById("review");
const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;

/** The scene and second of it where the film stands go into the form, and into words over it. */
function atThisMoment() {
  const form = review().querySelector(".new-note");
  const now = video?.currentTime ?? 0;
  const scenes = [...form.elements.scene.options];
  const scene = scenes.findLast(({ dataset }) => Number(dataset.start) <= now + 0.001) ?? scenes[0];
  if (!scene || !video) return;
  scene.selected = true;
  form.elements.seconds.value = Math.max(0, now - Number(scene.dataset.start)).toFixed(3);
  form.elements.seconds.step = "any";
  form.querySelector(".by-hand").hidden = true;
  const words = form.querySelector(".moment");
  words.hidden = false;
  words.textContent = review().dataset.atNow.replace("{time}", clock(now)).replace("{scene}", scene.dataset.place);
}

function go(event) {
  const link = event.target.closest("[data-at]");
  if (!link || !video) return;
  event.preventDefault();
  video.pause();
  video.currentTime = Number(link.dataset.at);
  video.scrollIntoView({ block: "nearest" });
}

async function send(event) {
  event.preventDefault();
  const { target: form, submitter } = event;
  const body = new URLSearchParams(new FormData(form, submitter));
  body.set("author_key", author);
  if (submitter) submitter.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new Error(await sentence(answer));
    form.elements.text?.form.reset();
    form.closest("details")?.removeAttribute("open");
    await look(review().dataset.sent);
  } catch (problem) {
    say(problem instanceof TypeError ? review().dataset.failed : problem.message);
  } finally {
    if (submitter) submitter.disabled = false;
  }
}

async function sentence(answer) {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("main p:last-of-type")?.textContent || review().dataset.failed;
}

/** Reads the review anew; what somebody is writing stays, and so does the focus. */
async function look(words = "") {
  const answer = await fetch(`${root}/review`, { headers: { "X-Author": author } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("review");
  const before = review();
  if (fresh.innerHTML !== before.dataset.shown) {
    const shown = fresh.innerHTML;
    keep(before, fresh);
    before.replaceWith(fresh);
    fresh.dataset.shown = shown;
    begin();
  }
  if (words) say(words);
}

function keep(before, fresh) {
  const focused = document.activeElement?.closest("[data-keeps]");
  const name = focused && document.activeElement.name;
  for (const old of before.querySelectorAll("[data-keeps]")) {
    const now = fresh.querySelector(`[data-keeps="${old.dataset.keeps}"]`);
    if (!now) continue;
    if (old.open) now.open = true;
    for (const field of old.elements ?? []) {
      if (field.name && now.elements?.[field.name] && field.value && field.type !== "hidden")
        now.elements[field.name].value = field.value;
    }
  }
  if (focused && name)
    requestAnimationFrame(() =>
      review().querySelector(`[data-keeps="${focused.dataset.keeps}"] [name="${name}"]`)?.focus(),
    );
}

function say(words) {
  review().querySelector(".status").textContent = words;
}

/** Who has said their name once need not say it again. */
function named({ target }) {
  if (target.name !== "name" || !target.value.trim()) return;
  localStorage.setItem(NAME, target.value);
  fillNames();
}

function fillNames() {
  const name = localStorage.getItem(NAME) ?? "";
  for (const field of review().querySelectorAll("input[name=name]")) field.value ||= name;
}

function begin() {
  const box = review();
  fillNames();
  box.addEventListener("change", named);
  box.addEventListener("click", go);
  box.addEventListener("submit", send);
  atThisMoment();
}

begin();
for (const moment of ["timeupdate", "seeked", "loadedmetadata"]) video?.addEventListener(moment, atThisMoment);
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(() => document.hidden || look(), LOOK_EVERY_MS);
look();
