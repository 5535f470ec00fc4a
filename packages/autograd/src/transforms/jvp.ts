import { withContext } from "../context.ts";
import { zeros } from "../create.ts";
import { ArgumentError } from "../errors.ts";
import { pushForward } from "../forward.ts";
import type { Tracked } from "../tensor.ts";
import { realsOf, withReals } from "../tree.ts";
import { closed, seedsFor, type Trace, trace } from "./trace.ts";

/**
 * The value of `f` and its derivative along `tangents`, by forward mode.
 *
 * The function is recorded as for reverse mode, and tangents follow the graph: forward and reverse mode differentiate the same operations.
 *
 * @param primals  the arguments of `f`: tensors or trees of them
 * @param tangents one for each argument, of its structure and shapes; null, or a tree with null in it, stands for zero
 * @returns the value and its tangent, in the structure that `f` returns
 * @throws ArgumentError if the structures differ; ShapeError if a tangent does not fit
 * @see jax.jvp; torch.func.jvp
 * @example
 * jvp((x: Tensor) => sin(x), [tensor(0)], [tensor(1)]); // [0, 1]
 */
export function jvp<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  primals: readonly [...Args],
  tangents: readonly unknown[],
): [value: R, tangent: R] {
  const traced = trace("jvp", f, primals as unknown as Args, () => true);
  return [closed(traced.value, traced.open), pushed("jvp", traced, primals, tangents)];
}

/**
 * The value of `f`, and its derivative as a function of tangents that can be called many times without calling `f` again.
 *
 * @see jax.linearize; torch.func.linearize
 * @example
 * const [value, derivative] = linearize((x: Tensor) => square(x), tensor([1, 2]));
 * value; // [1, 4]
 * derivative(tensor([1, 0])); // [2, 0]
 * derivative(tensor([0, 1])); // [0, 4]
 */
export function linearize<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  ...primals: Args
): [value: R, derivative: (...tangents: unknown[]) => R] {
  const traced = trace("linearize", f, primals, () => true);
  return [closed(traced.value, traced.open), (...tangents) => pushed("linearize", traced, primals, tangents)];
}

/** The tangent of a traced call, in the structure of its value, from one tangent for each of `primals`. */
export function pushed<R>(
  operation: string,
  { value, inputs, open }: Trace<R>,
  primals: readonly unknown[],
  tangents: readonly unknown[],
): R {
  if (tangents.length !== primals.length)
    throw new ArgumentError(
      operation,
      `expected ${primals.length} tangents, one for each argument`,
      tangents.length,
    );
  const seeds = primals.flatMap((primal, k) => seedsFor(operation, primal, tangents[k]));
  const outputs = realsOf(value);
  const tracked = outputs.filter((output): output is Tracked => output.node !== null);
  const recording = open || seeds.some((seed) => seed?.requiresGrad);
  const found = withContext(recording ? {} : { recording: false }, () => pushForward(tracked, inputs, seeds));
  let taken = 0;
  return withReals(
    value,
    outputs.map(({ node, shape, dtype }) => (node === null ? null : found[taken++]) ?? zeros(shape, dtype)),
  );
}
