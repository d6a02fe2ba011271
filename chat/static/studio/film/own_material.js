// A file of one's own on its way to being a take: picked or dropped, uploaded, looked at, and put in.

import * as api from "../api.js";
import { useDrop } from "../drop.js";
import { newName } from "../names.js";
import { kindOf } from "../pieces.js";
import { useState } from "../preact.js";
import { useStudio } from "../use_studio.js";

const ACCEPT = { scene: "image/*", character: "image/*", video: "video/*", audio: "audio/*", music: "audio/*" };

/** {accept, isLoading, problem, pick, clear, dropTarget} */
export function useOwnMaterial({ component }) {
  const { state: { film }, studio } = useStudio();
  const [isLoading, setLoading] = useState(false);
  const [problem, setProblem] = useState("");

  const take = async (file) => {
    if (!file || isLoading) return;
    setProblem("");
    setLoading(true);
    try {
      const { upload_id } = await api.upload(file);
      await api.postOnce(`${api.piece(film.id, component)}/takes`, { upload_id }, newName("own"));
      studio.lookAgain();
    } catch (refused) {
      setProblem(refused.message);
    } finally {
      setLoading(false);
    }
  };
  const dropTarget = useDrop(take);
  return {
    accept: ACCEPT[kindOf(component)],
    isLoading,
    problem,
    clear: () => setProblem(""),
    pick: ({ target }) => {
      take(target.files[0]);
      target.value = "";
    },
    dropTarget,
  };
}
