import { abs, exp, mean, quantile, sqrt, square, sub, type Tensor } from "@isograd/autograd";
import type { Forecast } from "./forecast.ts";

/** Intervals with as much probability below as above them. */
export const intervals = [0.5, 0.8, 0.95] as const;

export interface Scores {
  readonly rows: number;
  /** The root of the mean squared error. */
  readonly rmse: number;
  /** How far, as a share, half of the forecasts are off at most, where y are logarithms. */
  readonly medianError: number;
  /** Minus the mean logarithm of the density. */
  readonly nll: number;
  /** How many of the numbers lie in their interval, for each of `intervals`. */
  readonly within: readonly number[];
}

/** How well a forecast did, now that the numbers [n] are known. */
export function score(forecast: Forecast, y: Tensor): Scores {
  const errors = sub(forecast.mean, y);
  const below = forecast.below(y).values();
  return {
    rows: y.size,
    rmse: sqrt(mean(square(errors))).item(),
    medianError: quantile(abs(sub(exp(errors), 1)), 0.5).item(),
    nll: -mean(forecast.logDensity(y)).item(),
    within: intervals.map((share) => below.filter((p) => Math.abs(p - 0.5) <= share / 2).length),
  };
}
