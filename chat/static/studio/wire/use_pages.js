// A list of the API's, read page by page as somebody asks for more.

import * as api from "./api.js";
import { reading } from "./arriving.js";
import { useEffect, useRef, useState } from "../preact.js";

/** `path` has a query already.
 *
 * {first, rows, hasMore, more, again, isLoading, problem}: `first` is the whole first answer, `rows` what stands under
 * `key` in all answers so far; null until the first is there. */
export function usePages(path, key = "results") {
  const [pages, setPages] = useState([]);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState("");

  const newest = useRef(null);

  const read = (before) => {
    const cursor = before.at(-1)?.next;
    const ended = (words) => {
      setProblem(words);
      setLoading(false);
    };
    const arrived = (page) => {
      setPages([...before, page]);
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
  useEffect(() => {
    read([]);
    return () => newest.current.leave();
  }, [path]);
  return {
    first: pages[0] ?? null,
    rows: pages.length ? pages.flatMap((page) => page[key]) : null,
    hasMore: Boolean(pages.at(-1)?.next),
    more: () => read(pages),
    again: () => read([]),
    isLoading,
    problem,
  };
}
