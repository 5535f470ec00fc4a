import type { Dtype, TypedArray } from "../dtype.ts";
import { compileLoop, type Loop, type Numbers } from "../scalar/compile.ts";
import type { Scalar } from "../scalar/expression.ts";
import { vectorized } from "../scalar/vectorize.ts";
import { type Shape, sameShape, sizeOf, stridesOf } from "../shape.ts";
import { isDense, planWalk, type Strided, stretchedStrides, walkRuns } from "./strided.ts";
import type { Floats, Run, VectorLoop } from "./wasm/elementwise/program.ts";

/** From so many elements on, vectors take less time with their copies than the plain loop does: *measured*. */
const leastElements = 256;

/**
 * The loop for an expression: plain code, and for long runs of costly functions WebAssembly, compiled when first needed.
 *
 * @param dtype the element type of the operands and the result, null if they differ
 */
export function chooseLoop(root: Scalar, arity: number, dtype: Dtype | null): Loop {
  const plain = compileLoop(root, arity);
  const compile = dtype === "f32" || dtype === "f64" ? vectorized(root, arity, dtype) : null;
  if (compile === null) return plain;
  let vectors: VectorLoop | null | undefined;
  const runs = (out: Numbers, outOffset: number, count: number, operands: (Numbers | number)[]): boolean => {
    if (vectors === undefined) vectors = compile();
    return vectors !== null && runVectors(vectors, out as Floats, outOffset, count, operands);
  };
  // One operand and two have loops of their own: gathering the rest of the arguments takes time.
  if (arity === 1)
    return (out, outOffset, count, a, p, s) => {
      if (count < leastElements || !runs(out, outOffset, count, [a, p, s]))
        plain(out, outOffset, count, a, p, s);
    };
  if (arity === 2)
    return (out, outOffset, count, a, p, s, b, q, t) => {
      if (count < leastElements || !runs(out, outOffset, count, [a, p, s, b, q, t]))
        plain(out, outOffset, count, a, p, s, b, q, t);
    };
  return (out, outOffset, count, ...operands) => {
    if (count < leastElements || !runs(out, outOffset, count, operands))
      plain(out, outOffset, count, ...operands);
  };
}

/** Runs the vectors where elements lie one behind the other, or one stands for all; says whether it did. */
function runVectors(
  loop: VectorLoop,
  out: Floats,
  outOffset: number,
  count: number,
  operands: readonly (Numbers | number)[],
): boolean {
  const runs: Run[] = [];
  for (let k = 0; k < operands.length; k += 3) {
    const [data, start, step] = operands.slice(k, k + 3) as [Floats, number, number];
    if (step !== 0 && step !== 1) return false;
    runs.push({ data, start, isSingle: step === 0 });
  }
  return loop(out, outOffset, count, runs);
}

/** Runs a compiled loop over operands that broadcast to `shape`, into the row-major `out`. */
export function runElementwise(
  loop: Loop,
  operands: readonly Strided[],
  shape: Shape,
  out: TypedArray,
): void {
  const count = sizeOf(shape);
  if (count === 0) return;
  if (runsAtOnce(operands, shape)) {
    runOnce(loop, operands, count, out);
    return;
  }
  const strides = [stridesOf(shape), ...operands.map((x) => stretchedStrides(x.shape, x.strides, shape))];
  const walk = planWalk(shape, strides);
  const innermost = walk.extents.length - 1;
  const run = innermost < 0 ? 1 : walk.extents[innermost];
  const call: (Numbers | number)[] = operands.flatMap((x, k) => [
    x.data,
    0,
    innermost < 0 ? 0 : walk.steps[k + 1][innermost],
  ]);
  walkRuns(walk, [0, ...operands.map((x) => x.offset)], (positions) => {
    for (let k = 0; k < operands.length; k++) call[3 * k + 1] = positions[k + 1];
    loop(out, positions[0], run, ...call);
  });
}

/** Whether one run of the loop is enough: each operand has the shape of the result, row-major, or is a single number. */
function runsAtOnce(operands: readonly Strided[], shape: Shape): boolean {
  for (const x of operands)
    if (sizeOf(x.shape) !== 1 && !(sameShape(x.shape, shape) && isDense(x))) return false;
  return true;
}

function runOnce(loop: Loop, operands: readonly Strided[], count: number, out: TypedArray): void {
  const [a, b, c] = operands;
  const step = (x: Strided): number => (sizeOf(x.shape) === 1 && count !== 1 ? 0 : 1);
  if (operands.length === 1) loop(out, 0, count, a.data, a.offset, step(a));
  else if (operands.length === 2) loop(out, 0, count, a.data, a.offset, step(a), b.data, b.offset, step(b));
  else if (operands.length === 3)
    loop(out, 0, count, a.data, a.offset, step(a), b.data, b.offset, step(b), c.data, c.offset, step(c));
  else loop(out, 0, count, ...operands.flatMap((x) => [x.data, x.offset, step(x)]));
}
