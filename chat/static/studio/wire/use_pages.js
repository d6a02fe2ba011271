// A list of the API's, read page by page as somebody asks for more.

import * as api from "./api.js";
import { useEffect, useState } from "../preact.js";

/** `path` has a query already.
 *
 * {first, rows, hasMore, more, again, isLoading, problem}: `first` is the whole first answer, `rows` what stands under
 * `key` in all answers so far; null until the first is there. */
export function usePages(path, key = "results") {
  const [pages, setPages] = useState([]);
  const [isLoading, setLoading] = useState(true);
  const [problem, setProblem] = useState("");

  const read = async (before) => {
    const cursor = before.at(-1)?.next;
    setLoading(true);
    try {
      const page = await api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path);
      setPages([...before, page]);
      setProblem("");
    } catch (refused) {
      if (!refused.code) throw refused;
      setProblem(refused.message);
    } finally {
      setLoading(false);
    }
  };
  useEffect(() => void read([]), [path]);
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
