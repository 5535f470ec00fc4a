import { tensor } from "../../create.ts";
import { toFloating } from "../../dtype.ts";
import { sparseMatrix } from "../../kernels/sparse-along.ts";
import type { Tensor } from "../../tensor.ts";
import { div } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { resample } from "./resample.ts";
import type { PoolingSpans } from "./spans.ts";

/** The sum over each window of the last axes, one axis after the other. */
export function windowSums(x: Tensor, spans: readonly PoolingSpans[]): Tensor {
  let result = cast(x, toFloating(x.dtype));
  spans.forEach(({ firsts, ends, step }, k) => {
    const rows = firsts.map((first, i) =>
      Array.from({ length: Math.ceil((ends[i] - first) / step) }, (_, j) => [first + j * step, 1] as const),
    );
    const axis = k - spans.length;
    result = resample(result, axis, sparseMatrix(x.shape[x.rank + axis], rows));
  });
  return result;
}

/** Divides each window's sum by its number of elements: the product of one number an axis. */
export function divided(sums: Tensor, counts: readonly (readonly number[])[]): Tensor {
  const shape = counts.map(({ length }) => length);
  const products = counts.reduce<number[]>(
    (outer, inner) => outer.flatMap((a) => inner.map((b) => a * b)),
    [1],
  );
  const [first] = products;
  if (products.length > 0 && products.every((product) => product === first)) return div(sums, first);
  return div(sums, tensor(Float64Array.from(products), { shape, dtype: sums.dtype }));
}
