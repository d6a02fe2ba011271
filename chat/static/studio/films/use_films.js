// The list of films: searched, page by page, and looked at again while something is being made.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { useEffect, useRef, useState } from "../preact.js";

const PAGE = 24;
const TYPING_MS = 250;
const LOOK_AGAIN_MS = 5_000;

/** {films, search, setSearch, more, hasMore, isLoading, problem, again, put, take} */
export function useFilms({ deleted }) {
  const [films, setFilms] = useState(null);
  const [next, setNext] = useState(null);
  const [search, setSearch] = useState("");
  const [problem, setProblem] = useState("");
  const [isLoading, setLoading] = useState(false);
  const newest = useRef(null);

  const read = (cursor, join) => {
    const words = encodeURIComponent(search.trim());
    const path = `tasks?limit=${PAGE}&deleted=${deleted}&families=${!words}&search=${words}`;
    const ended = (refusal) => {
      setProblem(refusal);
      setLoading(false);
    };
    const arrived = (page) => {
      setFilms((before) => join(before ?? [], page.results));
      setNext(page.next);
      ended("");
    };
    newest.current?.leave();
    setLoading(true);
    newest.current = reading(
      () => api.get(cursor ? `${path}&cursor=${encodeURIComponent(cursor)}` : path),
      arrived,
      ({ message }) => ended(message),
    );
  };
  const again = () => read("", (_, found) => found);

  useEffect(() => {
    const timer = setTimeout(again, films ? TYPING_MS : 0);
    return () => clearTimeout(timer);
  }, [search]);
  useEffect(() => () => newest.current?.leave(), []);
  useEffect(() => {
    if (!films?.some(({ run }) => run)) return undefined;
    const timer = setTimeout(() => document.hidden || refresh(films, setFilms), LOOK_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [films]);

  return {
    films,
    search,
    setSearch,
    isLoading,
    problem,
    again,
    hasMore: Boolean(next),
    more: () => next && !isLoading && read(next, (before, found) => [...before, ...found]),
    take: (...ids) => setFilms((before) => before.filter(({ id }) => !ids.includes(id))),
    put: (film) => setFilms((before) => [...before.filter(({ id }) => id !== film.id), film].sort(newestFirst)),
  };
}

/** Only those at work; one that cannot be read stays as it was. */
async function refresh(films, setFilms) {
  const read = await Promise.all(
    films.filter(({ run }) => run).map(({ id }) => api.get(`tasks/${id}`).catch(() => null)),
  );
  const found = new Map(read.filter(Boolean).map((film) => [film.id, film]));
  setFilms((before) => before.map((film) => found.get(film.id) ?? film));
}

const newestFirst = (one, other) => Date.parse(other.created_at) - Date.parse(one.created_at);
