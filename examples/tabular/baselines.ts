import { concat, expand, matmul, mean, ones, pinv, std, sub, type Tensor } from "@isograd/autograd";
import type { Forecast, Known } from "./forecast.ts";
import { Normal } from "./normal.ts";

/** One distribution for all, whatever the inputs. */
export const constant = ({ targets }: Known, inputs: Tensor): Forecast =>
  new Normal(expand(mean(targets), [inputs.shape[0]]), std(targets).item());

/** Least squares; others are thought to lie as far from the plane as the known rows do. */
export function linearRegression({ inputs, targets }: Known, others: Tensor): Forecast {
  const known = withOnes(inputs);
  // The columns of a category add up to one, as the column of ones does: of all solutions this is the shortest.
  const weights = matmul(pinv(known), targets);
  return new Normal(matmul(withOnes(others), weights), std(sub(targets, matmul(known, weights))).item());
}

const withOnes = (inputs: Tensor): Tensor => concat([inputs, ones([inputs.shape[0], 1], inputs.dtype)], 1);
