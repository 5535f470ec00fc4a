import { allocate, allocateUncleared, type Dtype, type TypedArray } from "../dtype.ts";
import { computeRows, countRows, fromRows, toRows } from "./rows.ts";
import { sumExpRows, timesExpRows } from "./softmax.ts";
import { denseData, type Strided } from "./strided.ts";
import type { Floats } from "./wasm/elementwise/program.ts";

/** A number of double precision for each row. */
const column = (rows: number): Float64Array => allocate("f64", rows) as Float64Array;

/** For each lane along `axis` -log of the share of the element that the label names in Σ exp(x), and what goes with it for the pullback. */
export function crossEntropyAlong(
  x: Strided,
  labels: Strided,
  axis: number,
  dtype: Dtype,
): { losses: TypedArray; shifts: Float64Array; totals: Float64Array } {
  const size = countRows(x.shape, [axis]);
  const elements = toRows(x, [axis], dtype);
  const classes = denseData(labels);
  const [shifts, totals] = [column(size.rows), column(size.rows)];
  computeRows(sumExpRows, dtype, { ...size, inputs: [elements], outputs: [shifts, totals] });
  const losses = allocate(dtype, size.rows);
  for (let row = 0; row < size.rows; row++)
    losses[row] = shifts[row] - elements[row * size.columns + classes[row]] + Math.log(totals[row]);
  return { losses, shifts, totals };
}

/** g exp(x - shift) / total, less g at the element that the label names; of all but x there is one number a lane. */
export function crossEntropyPullbackAlong(
  [x, shifts, totals, labels, g]: readonly Strided[],
  axis: number,
  dtype: Dtype,
): TypedArray {
  const size = countRows(x.shape, [axis]);
  const elements = toRows(x, [axis], dtype);
  const [classes, shift, total, factor] = [labels, shifts, totals, g].map(denseData);
  const factors = column(size.rows);
  for (let row = 0; row < size.rows; row++) factors[row] = factor[row] / total[row];
  const out = allocateUncleared(dtype, size.rows * size.columns) as Floats;
  computeRows(timesExpRows, dtype, { ...size, inputs: [elements, shift as Floats, factors], outputs: [out] });
  for (let row = 0; row < size.rows; row++) {
    const place = row * size.columns + classes[row];
    // Not the difference of what is written there and g, which has no digits where the loss is small.
    out[place] = factor[row] * Math.expm1(elements[place] - shift[row] - Math.log(total[row]));
  }
  return fromRows(out, x.shape, [axis]);
}
