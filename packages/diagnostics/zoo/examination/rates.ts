import { runAlpha } from "../../src/error-rate.ts";

/** Chances of a false alarm a run at which all is judged again, for the curve; the default is among them. */
export const alphas: readonly number[] = [0.3, 0.03, runAlpha, 1e-6];
