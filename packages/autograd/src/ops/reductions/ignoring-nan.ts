import { toFloating } from "../../dtype.ts";
import type { Tensor } from "../../tensor.ts";
import { div } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { eq, ne, where } from "../elementwise/choice.ts";
import { type ReduceOptions, sum } from "./reduce.ts";

/** The sum of the elements that are not NaN; those get no gradient. @see torch.nansum */
export function nansum(x: Tensor, options: ReduceOptions = {}): Tensor {
  return sum(where(ne(x, x), 0, x), options);
}

/** The mean of the elements that are not NaN; NaN where there are none. @see torch.nanmean */
export function nanmean(x: Tensor, options: ReduceOptions = {}): Tensor {
  const dtype = toFloating(x.dtype);
  return div(nansum(cast(x, dtype), options), cast(sum(eq(x, x), options), dtype));
}
