// A file of one's own on its way to being a take: picked or dropped, uploaded, looked at, and put in. Where something
// of it would be lost, its owner chooses first.

import * as api from "../wire/api.js";
import { useDrop } from "../parts/drop.js";
import { newName } from "../wire/names.js";
import { fileKind, kindOf } from "../words/pieces.js";
import { useState } from "../preact.js";
import { useStudio } from "../use_studio.js";

const ACCEPT = { picture: "image/*", clip: "video/*", sound: "audio/*" };
const MUCH_LOST = 0.7;

/**
 * {accept, isLoading, problem, choice, pick, put, clear, dropTarget}; `choice` is what an upload that waits may lose.
 */
export function useOwnMaterial({ component }) {
  const wanted = fileKind(component);
  const {
    state: { film },
    studio,
  } = useStudio();
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState("");
  const [waiting, setWaiting] = useState(null);

  const carefully = async (work) => {
    setProblem("");
    setLoading(true);
    try {
      await work();
    } catch (refused) {
      setProblem(refused.message);
    } finally {
      setLoading(false);
    }
  };
  const put = (upload_id, choices = {}) =>
    carefully(async () => {
      await api.postOnce(`${api.piece(film.id, component)}/takes`, { upload_id, ...choices }, newName("own"));
      setWaiting(null);
      studio.lookAgain();
    });
  const take = async (file) => {
    if (!file || isLoading) return;
    let upload;
    await carefully(async () => {
      upload = await api.upload(file, wanted);
    });
    if (!upload) return;
    const choice = toChoose(kindOf(component), upload.facts, film.settings.aspect_ratio);
    if (choice) setWaiting({ id: upload.upload_id, choice });
    else await put(upload.upload_id);
  };
  const dropTarget = useDrop(take);
  return {
    accept: ACCEPT[wanted],
    isLoading,
    problem,
    choice: waiting?.choice,
    put: (choices) => put(waiting.id, choices),
    clear: () => {
      setProblem("");
      setWaiting(null);
    },
    pick: ({ target }) => {
      take(target.files[0]);
      target.value = "";
    },
    dropTarget,
  };
}

/**
 * {part, sound}: how much of the picture would be in the frame, where that is little; whether there is a sound to keep.
 * Null where nothing is lost.
 */
function toChoose(kind, { width, height, has_audio: hasSound, silent }, ratio) {
  const [wide, high] = ratio.split(":").map(Number);
  const shape = width / height / (wide / high);
  const part = Math.min(shape, 1 / shape);
  const isCut = (kind === "video" || kind === "scene") && part < MUCH_LOST;
  const sound = kind === "video" && Boolean(hasSound) && !silent;
  return isCut || sound ? { part: isCut ? part : null, sound } : null;
}
