// The list of films: searched, read as any list is, and looked at again while something is being made.

import * as api from "../wire/api.js";
import { useEffect, useState } from "../preact.js";
import { usePages } from "../wire/use_pages.js";

const PAGE = 24;
const TYPING_MS = 250;
const LOOK_AGAIN_MS = 5_000;

/** What `usePages` gives, and {search, setSearch, put, take}. */
export function useFilms({ deleted }) {
  const [search, setSearch] = useState("");
  const words = encodeURIComponent(search.trim());
  const path = `tasks?limit=${PAGE}&deleted=${deleted}&families=${!words}&search=${words}`;
  const list = usePages(path, "results", { pauseMs: TYPING_MS });
  const { rows, change } = list;

  useEffect(() => {
    if (!rows?.some(({ run }) => run)) return undefined;
    const timer = setInterval(() => document.hidden || refresh(rows, change), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [rows]);

  return {
    ...list,
    search,
    setSearch,
    take: (...ids) => change((before) => before.filter(({ id }) => !ids.includes(id))),
    put: (film) => change((before) => [...before.filter(({ id }) => id !== film.id), film].sort(newestFirst)),
  };
}

/** Only those at work; one that cannot be read stays as it was. */
async function refresh(films, change) {
  const read = await Promise.all(
    films.filter(({ run }) => run).map(({ id }) => api.get(`tasks/${id}`).catch(() => null)),
  );
  const found = new Map(read.filter(Boolean).map((film) => [film.id, film]));
  change((before) => before.map((film) => found.get(film.id) ?? film));
}

const newestFirst = (one, other) => Date.parse(other.created_at) - Date.parse(one.created_at);
