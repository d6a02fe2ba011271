// A list of the API's, read page by page as somebody asks for more.

import * as api from "./api.js";
import { reading } from "./arriving.js";
import { useEffect, useRef, useState } from "../preact.js";

const NOTHING = { first: null, rows: null, next: null };

/** `path` has a query already. Another one is read after `pauseMs`: it may still be typed; what was read of the one
 * before stays until then.
 *
 * {first, rows, change, hasMore, more, again, isLoading, problem}: `first` is the whole first answer, `rows` what
 * stands under `key` in all answers so far, as `change` has edited it; null until the first is there. */
export function usePages(path, key = "results", { pauseMs = 0 } = {}) {
  const [{ first, rows, next }, setPages] = useState(NOTHING);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState("");
  const newest = useRef(null);

  const read = (cursor) => {
    const ended = (words) => {
      setProblem(words);
      setLoading(false);
    };
    const arrived = (page) => {
      setPages((before) => (cursor ? after(before, page, key) : { first: page, rows: page[key], next: page.next }));
      ended("");
    };
    newest.current?.leave();
    setLoading(true);
    newest.current = reading(
      () => api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path),
      arrived,
      ({ message }) => ended(message),
    );
    return newest.current.tried;
  };
  const again = () => read("");
  useEffect(() => {
    const timer = setTimeout(again, rows ? pauseMs : 0);
    return () => {
      clearTimeout(timer);
      newest.current?.leave();
    };
  }, [path]);
  return {
    first,
    rows,
    change: (edit) => setPages((before) => ({ ...before, rows: edit(before.rows) })),
    hasMore: Boolean(next),
    more: () => next && !isLoading && read(next),
    again,
    isLoading,
    problem,
  };
}

const after = (before, page, key) => ({ ...before, rows: [...before.rows, ...page[key]], next: page.next });
