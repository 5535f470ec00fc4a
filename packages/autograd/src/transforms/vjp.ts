import { sweep } from "../backward.ts";
import { context } from "../context.ts";
import { zeros } from "../create.ts";
import type { Tracked } from "../tensor.ts";
import { realsOf, withReals } from "../tree.ts";
import { closed, seedsFor, type Trace, trace } from "./trace.ts";

/**
 * The value of `f`, and the function that pulls cotangents of the value back to the arguments; it can be called many times.
 *
 * @param primals the arguments of `f`: tensors or trees of them
 * @returns the value, and a function of a cotangent in the structure of the value (null, or a tree with null in it: zero) that returns
 *   one gradient for each argument
 * @throws ArgumentError if the structures differ; ShapeError if a cotangent does not fit
 * @see jax.vjp; torch.func.vjp
 * @example
 * const [value, pullback] = vjp((x: Tensor) => sin(x), tensor([0, 1]));
 * value; // [0, 0.8415]
 * pullback(tensor([1, 0])); // [[1, 0]]
 */
export function vjp<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  ...primals: Args
): [value: R, pullback: (cotangent: unknown) => Args] {
  const traced = trace("vjp", f, primals, () => true);
  return [
    closed(traced.value, traced.open),
    (cotangent) => pulled("vjp", traced, primals, cotangent) as unknown as Args,
  ];
}

/** The gradients of a traced call, one for each of `primals`, from a cotangent in the structure of its value. */
export function pulled(
  operation: string,
  { value, inputs, open }: Trace<unknown>,
  primals: readonly unknown[],
  cotangent: unknown,
): unknown[] {
  const seeds = seedsFor(operation, value, cotangent);
  const outputs = realsOf(value);
  const roots = outputs.flatMap((output, k) => {
    const seed = seeds[k];
    return output.node === null || seed === null ? [] : [{ output: output as Tracked, cotangent: seed }];
  });
  const createGraph = context.recording && (open || seeds.some((seed) => seed?.requiresGrad));
  const found = sweep(roots, { createGraph, retainGraph: true }, inputs);
  let taken = 0;
  return primals.map((primal) =>
    withReals(
      primal,
      realsOf(primal).map(({ shape, dtype }) => found[taken++] ?? zeros(shape, dtype)),
    ),
  );
}
