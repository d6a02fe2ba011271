// The conversation: what was said, what the agent is doing, and the line in which one writes.

import { Attachment, TEXTS, attached, useReference } from "../parts/reference.js";
import { Icon } from "../parts/icons.js";
import { Linked } from "../parts/linked.js";
import { useKept } from "../state/kept.js";
import { composerName } from "../state/state.js";
import { ownServer } from "../words/makers.js";
import { isBeingWritten } from "../words/pieces.js";
import { html, useEffect, useLayoutEffect, useRef } from "../preact.js";
import { suggestionsFor } from "../words/suggestions.js";
import { useStudio } from "../use_studio.js";

const MOST_CHARS = 8_000;
const AT_MOST = "A message has room for 8,000 characters. Attach a longer text as a file.";
const NEAR_THE_END_PX = 80;

export function Chat() {
  const { state, studio } = useStudio();
  const { film, link, chatOpen } = state;
  const close = () => {
    studio.dispatch({ type: "chat", open: false });
    document.querySelector("[aria-controls=chat]")?.focus();
  };
  useEffect(() => void (chatOpen && document.querySelector("#chat textarea").focus()), [chatOpen]);
  return html`
    <aside class="chat" id="chat" tabindex="-1" aria-label="Chat with the agent"
      onKeyDown=${(event) => event.key === "Escape" && chatOpen && close()}>
      <div class="chat-head">
        <h2>Chat</h2>
        ${film && html`<${PriceNow} film=${film} />`}
        ${
          state.providers.agent === "local" &&
          html`<span class="tag" title="Rules on this computer, not an AI model">local agent</span>`
        }
        ${
          state.providers.agent === "compatible" &&
          html`<span class="tag" title="The agent thinks there, for free">${ownServer(state.ownModels.agent)}</span>`
        }
        <button class="icon-button only-narrow" aria-label="Close the chat" onClick=${close}><${Icon} name="close" />
        </button>
      </div>
      <${Lines} film=${film} ordering=${state.ordering} link=${link} chatOpen=${chatOpen} studio=${studio} />
      <${Composer} key=${composerName(state)} film=${film} studio=${studio} />
    </aside>`;
}

/** Beside the page the price is in sight; over it, the chat says it. */
function PriceNow({ film: { price, script } }) {
  if (!script || !price?.items.length) return null;
  return html`<span class="price-now only-narrow">${price.credits} credits to make</span>`;
}

/** Its buttons have been pressed, or have been overtaken: notes below it put them away. */
const isUsed = (line) => line.actions?.some(({ used }) => used);

function Lines({ film, ordering, link, chatOpen, studio }) {
  const box = useRef(null);
  const lines =
    film?.lines ??
    (ordering ? [ordering, ...(ordering.waiting ?? [])] : []).map((line) => ({
      ...line,
      role: "user",
      state: line.problem ? "failed" : "sending",
    }));
  const newest = lines.findLastIndex((line) => line.role !== "note");
  const scrolled = useStayAtTheEnd(box, [lines, film?.streaming, film?.activity, film?.awaits, chatOpen]);
  return html`
    <div class="lines" ref=${box} role="log" aria-live="off" aria-label="Conversation" tabindex="0"
      onScroll=${scrolled}>
      ${!lines.length && html`<${Welcome} film=${film} />`}
      ${lines.map(
        (line, place) => html`
        <${Line} key=${line.clientId ?? line.id} line=${line} film=${film} link=${link} studio=${studio}
          isLast=${place === newest && (place === lines.length - 1 || !isUsed(line))} />`,
      )}
      ${film?.streaming && html`<div class="line agent">${film.streaming.text}<i class="caret"></i></div>`}
      ${
        film &&
        !film.streaming &&
        (film.activity || film.awaits) &&
        html`
        <p class="activity"><i class="dots"></i>${film.activity || "Thinking …"}</p>`
      }
    </div>`;
}

/** The box stays at its end as lines come and as its own height changes, unless one has scrolled back to read. */
function useStayAtTheEnd(box, changes) {
  const kept = useRef({ isAtEnd: true, top: 0 }).current;
  const follow = () => {
    if (kept.isAtEnd) box.current.scrollTop = box.current.scrollHeight;
    kept.top = box.current.scrollTop;
  };
  useLayoutEffect(follow, changes);
  useEffect(() => {
    const watch = new ResizeObserver(follow);
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return ({ target: { scrollTop, scrollHeight, clientHeight } }) => {
    if (scrollHeight - scrollTop - clientHeight < NEAR_THE_END_PX) kept.isAtEnd = true;
    else if (scrollTop < kept.top) kept.isAtEnd = false;
    kept.top = scrollTop;
  };
}

const Welcome = ({ film }) => html`
  <div class="welcome">
    <p>${
      film
        ? "Nothing has been said about this film yet."
        : "Hello. Tell me what your film is about, and I write its script."
    }</p>
    <p>Later, just say what should be different: “make scene 2 slower”, “calmer music at the end”,
      “how much will it cost?”</p>
  </div>`;

/** A price is good once, while it is the newest, and while no script is being written that will have another. */
function isGood(film, { used, send: { version } }) {
  return !used && !isBeingWritten(film) && (version === undefined || version === film.script?.version);
}

function Line({ line, film, link, studio, isLast }) {
  if (line.role === "note") return html`<p class="note-line">${line.content}</p>`;
  return html`
    <div class=${`line ${line.role}`} data-state=${line.state}>
      <span class="unseen">${line.role === "user" ? "You" : "Agent"}: </span>${
        line.role === "user" ? line.content : html`<${Linked} text=${line.content} studio=${studio} />`
      }
      ${
        line.attachments?.length > 0 &&
        html`<small class="attached"><${Icon} name="clip" />
        ${line.source ? " your own text" : " reference picture"}</small>`
      }
      ${
        line.actions?.length > 0 &&
        isLast &&
        html`
        <div class="line-actions">${line.actions.map(
          (action) => html`
          <button key=${action.label} class="button small" disabled=${!isGood(film, action)}
            onClick=${() => studio.press(action)}>${action.label}</button>`,
        )}
        </div>`
      }
    </div>
    ${line.state && html`<${Receipt} line=${line} link=${link} studio=${studio} />`}`;
}

function Receipt({ line, link, studio }) {
  if (line.state === "sending") {
    return html`<p class="receipt">${link === "online" ? "Sending …" : "Waiting for the connection."}</p>`;
  }
  return html`
    <p class="receipt failed" role="alert"><${Icon} name="warning" /> ${line.problem}
      <button class="link" onClick=${() => studio.sayAgain(line)}>Send again</button>
      <button class="link" onClick=${() => studio.takeBack(line.clientId)}>Discard</button>
    </p>`;
}

function Composer({ film, studio }) {
  const [text, setText] = useKept(`said.${film?.id ?? "new"}`, "");
  const reference = useReference(studio);
  const field = useRef(null);
  useEffect(() => fitted(field.current), [text]);

  const canSend = (text.trim() || reference.upload?.kind === "text") && !reference.isLoading;
  const send = (event) => {
    event?.preventDefault();
    if (!canSend) return;
    studio.say(text.trim() || `Make the film of ${reference.upload.name.replace(/\.\w+$/, "")}`, {
      metadata: attached(reference.upload),
    });
    setText("");
    reference.clear();
  };
  const isEmpty = film?.phase === "ready" && film.script && !text;
  return html`
    <form class="composer" onSubmit=${send} ...${reference.dropTarget}>
      ${
        isEmpty &&
        html`<div class="suggestions">${suggestionsFor(film).map(
          (said) => html`
        <button type="button" class="chip" key=${said} onClick=${() => {
          setText(said);
          field.current.focus();
        }}>${said}</button>`,
        )}</div>`
      }
      <${Attachment} reference=${reference} />
      ${text.length >= MOST_CHARS && html`<p class="soft" role="status">${AT_MOST}</p>`}
      <div class="composer-line">
        <label class="icon-button" title="Attach a reference picture or your own text"><${Icon} name="clip" />
          <span class="unseen">Attach a reference picture or your own text</span>
          <input type="file" accept=${`image/*,${TEXTS}`} class="unseen" onChange=${reference.pick} /></label>
        <textarea ref=${field} rows="1" maxlength=${MOST_CHARS} value=${text} aria-label="Message to the agent"
          placeholder=${film ? "Say what should change …" : "A 30-second film about …"}
          onInput=${({ target }) => setText(target.value)} onPaste=${reference.paste}
          onKeyDown=${(event) => event.key === "Enter" && !event.shiftKey && !event.isComposing && send(event)}>
          </textarea>
        <button class="icon-button strong" aria-label="Send" disabled=${!canSend}><${Icon} name="send" /></button>
      </div>
    </form>`;
}

function fitted(field) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
