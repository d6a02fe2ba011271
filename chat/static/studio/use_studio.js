// How views get at the studio: its state as it is now, and what can be done.

import { createContext, useContext } from "./preact.js";

export const StudioContext = createContext(null);

/** {state, studio} */
export const useStudio = () => useContext(StudioContext);
