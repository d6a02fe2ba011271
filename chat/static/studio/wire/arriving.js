// Reads that did not arrive are made again by themselves when the connection is back.

import { useEffect } from "../preact.js";

const missing = new Set();
let returns = 0;

/** Whoever is offline hears of it without a status, whoever meets a server that begins anew with one of these. */
const didNotArrive = ({ status }) => status === 0 || status >= 500;

/** `ask` is asked now, and again each time that the connection is back, until it is answered or given up.
 *
 * Returns {tried, leave}: a promise of the first try's end, and how to give it up; what comes later is dropped. */
export function reading(ask, arrived, refused = () => {}) {
  let isWanted = true;
  const attempt = async () => {
    missing.delete(attempt);
    const before = returns;
    let answer;
    try {
      answer = await ask();
    } catch (problem) {
      if (!problem.code) throw problem;
      if (!isWanted) return undefined;
      if (didNotArrive(problem) && before !== returns) return attempt();
      if (didNotArrive(problem)) missing.add(attempt);
      return refused(problem);
    }
    return isWanted ? arrived(answer) : undefined;
  };
  const leave = () => {
    isWanted = false;
    missing.delete(attempt);
  };
  return { tried: attempt(), leave };
}

/** A reading for as long as a view shows what it is `of`. */
export function useReading(ask, arrived, refused, of) {
  useEffect(() => reading(ask, arrived, refused).leave, of);
}

export function connectionIsBack() {
  returns += 1;
  for (const attempt of [...missing]) attempt();
}

/** Pictures that a browser could not bring stay broken unless they are asked for again. */
export function watchPictures(page) {
  const broken = ({ target: picture }) => {
    if (!(picture instanceof HTMLImageElement) || navigator.onLine) return;
    missing.add(function again() {
      missing.delete(again);
      if (picture.isConnected) picture.src = picture.getAttribute("src");
    });
  };
  page.addEventListener("error", broken, true);
}
