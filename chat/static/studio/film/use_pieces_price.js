// The price of some pieces, asked of the server while they are chosen; nothing is ordered by it.

import * as api from "../wire/api.js";
import { reading } from "../wire/arriving.js";
import { useEffect, useState } from "../preact.js";

/** {price, problem} of what is `wanted` now, or {} where that is nothing; an answer that comes after another choice is
 * dropped. */
export function usePiecesPrice({ id }, wanted) {
  const [found, setFound] = useState({});
  const asked = wanted && JSON.stringify(wanted);
  useEffect(() => {
    setFound({});
    if (!asked) return undefined;
    return reading(
      () => api.post(`tasks/${id}/upgrade-price`, wanted),
      (price) => setFound({ price }),
      ({ message }) => setFound({ problem: message }),
    ).leave;
  }, [id, asked]);
  return found;
}
