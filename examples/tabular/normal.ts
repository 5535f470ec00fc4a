import { div, mul, ndtr, square, sub, type Tensor } from "@isograd/autograd";
import type { Forecast } from "./forecast.ts";

/** Normal distributions of one deviation. */
export class Normal implements Forecast {
  /** @param mean [n] */
  constructor(
    readonly mean: Tensor,
    readonly deviation: number,
  ) {}

  logDensity(y: Tensor): Tensor {
    const constant = Math.log(this.deviation) + Math.log(2 * Math.PI) / 2;
    return sub(mul(-0.5, square(this.#standard(y))), constant);
  }

  below(y: Tensor): Tensor {
    return ndtr(this.#standard(y));
  }

  #standard(y: Tensor): Tensor {
    return div(sub(y, this.mean), this.deviation);
  }
}
