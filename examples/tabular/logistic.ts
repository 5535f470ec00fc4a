import { add, div, exp, logsumexp, mean, mul, sigmoid, softplus, sub, type Tensor } from "@isograd/autograd";
import type { Forecast } from "./forecast.ts";

/**
 * Minus the logarithm of the density of logistic distributions. They look like normal ones, but their tails fall as exp(-|x|), not as exp(-x²): a
 * large error is no miracle to them.
 */
export function logisticNll(y: Tensor, locations: Tensor, logScales: Tensor): Tensor {
  const distances = div(sub(y, locations), exp(logScales));
  return add(logScales, add(softplus(distances), softplus(mul(-1, distances))));
}

/** Several logistic distributions for each number, one as likely to be right as the other. */
export class LogisticMixture implements Forecast {
  /** @param locations [members, n] @param logScales [members, n] */
  constructor(
    readonly locations: Tensor,
    readonly logScales: Tensor,
  ) {}

  get mean(): Tensor {
    return mean(this.locations, { axis: 0 });
  }

  logDensity(y: Tensor): Tensor {
    const densities = mul(-1, logisticNll(y, this.locations, this.logScales));
    return sub(logsumexp(densities, { axis: 0 }), Math.log(this.locations.shape[0]));
  }

  below(y: Tensor): Tensor {
    return mean(sigmoid(div(sub(y, this.locations), exp(this.logScales))), { axis: 0 });
  }
}
