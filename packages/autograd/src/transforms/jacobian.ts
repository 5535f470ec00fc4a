import { withContext } from "../context.ts";
import { eye } from "../create.ts";
import { isFloating } from "../dtype.ts";
import { ArgumentError } from "../errors.ts";
import { concat, permute, reshape, slice } from "../ops/movement/index.ts";
import { type Shape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { type Leaf, leavesOf, mapTree, realsOf } from "../tree.ts";
import { grad } from "./grad.ts";
import { jvp, pushed } from "./jvp.ts";
import { type Trace, trace } from "./trace.ts";
import { pulled } from "./vjp.ts";
import { vmap } from "./vmap.ts";

export interface JacobianOptions {
  /** Which argument to differentiate by; default 0. */
  readonly argnums?: number;
  /** Row by row, column by column, or whichever are fewer (default). The rows or columns are computed together, by vmap. */
  readonly mode?: "reverse" | "forward";
}

/** In the structure of the value, for each of its tensors, the structure of the argument. */
export type JacobianOf<R, X> = R extends Tensor
  ? X
  : R extends object
    ? { [K in keyof R]: JacobianOf<R[K], X> }
    : R;

/**
 * The function that returns all derivatives of `f`.
 *
 * @returns for a value of shape `[...out]` and an argument of shape `[...in]` a tensor `[...out, ...in]`; for trees, in the structure of the
 *   value the structure of the argument
 * @see jax.jacrev, jax.jacfwd; torch.func.jacrev
 * @example
 * jacobian((x: Tensor) => mul(x, x))(tensor([1, 2])); // [[2, 0], [0, 4]]
 */
export function jacobian<Args extends readonly unknown[], R>(
  f: (...args: Args) => R,
  { argnums = 0, mode }: JacobianOptions = {},
): (...args: Args) => JacobianOf<R, Args[0]> {
  return (...args) => {
    if (!(argnums in args))
      throw new ArgumentError("jacobian", `expected one of ${args.length} arguments`, argnums);
    const traced = trace("jacobian", f, args, (position) => position === argnums);
    const call: TracedCall = { traced, argument: args[argnums] };
    const [outputs, inputs] = [placesOf(traced.value), placesOf(call.argument)];
    const forward = mode === undefined ? count(outputs) > count(inputs) : mode === "forward";
    const blocks = withContext(traced.open ? {} : { recording: false }, () =>
      forward ? columns(call, outputs, inputs) : rows(call, outputs, inputs),
    );
    // Each tensor of the value is replaced by a tree: what a Jacobian is, though not what a tree of tensors is.
    return mapTree(traced.value as object, (output) => {
      const row = blocks.get(output);
      return row === undefined ? output : (mapTree(call.argument, (x) => row.get(x) ?? x) as Tensor);
    }) as JacobianOf<R, Args[0]>;
  };
}

interface TracedCall {
  readonly traced: Trace<unknown>;
  readonly argument: unknown;
}

/** For each tensor of the value, for each tensor of the argument, the derivatives. */
type Blocks = Map<Tensor, Map<Tensor, Tensor>>;

/** The tensors of reals with their paths, each once: in the order of `realsOf`. */
const placesOf = (tree: unknown): Leaf[] =>
  leavesOf(tree).filter(
    ({ tensor }, k, all) => isFloating(tensor.dtype) && all.findIndex((leaf) => leaf.tensor === tensor) === k,
  );
const count = (leaves: readonly Leaf[]): number =>
  leaves.reduce((total, { tensor }) => total + tensor.size, 0);

function rows({ traced, argument }: TracedCall, outputs: readonly Leaf[], inputs: readonly Leaf[]): Blocks {
  return new Map(
    outputs.map(({ path, tensor: output }) => {
      const found = overBasis(output, (cotangent) =>
        realsOf(pulled("jacobian", traced, [argument], at(path, cotangent))[0]),
      );
      return [
        output,
        new Map(inputs.map(({ tensor: x }, k) => [x, reshape(found[k], [...output.shape, ...x.shape])])),
      ];
    }),
  );
}

function columns(
  { traced, argument }: TracedCall,
  outputs: readonly Leaf[],
  inputs: readonly Leaf[],
): Blocks {
  const blocks: Blocks = new Map(outputs.map(({ tensor }) => [tensor, new Map()]));
  for (const { path, tensor: x } of inputs) {
    const found = overBasis(x, (tangent) =>
      realsOf(pushed("jacobian", traced, [argument], [at(path, tangent)])),
    );
    outputs.forEach(({ tensor: output }, k) => {
      blocks.get(output)?.set(x, reshape(lastly(found[k]), [...output.shape, ...x.shape]));
    });
  }
  return blocks;
}

// Rows or columns that are computed together: what one sweep holds in memory grows with their number.
const together = 64;

/** What `f` gives for each unit tensor in the shape of `like`, along a first axis. */
function overBasis(
  { shape, dtype }: { shape: Shape; dtype: Tensor["dtype"] },
  f: (unit: Tensor) => Tensor[],
): Tensor[] {
  const size = sizeOf(shape);
  const basis = reshape(eye(size, dtype), [size, ...shape]);
  const parts: Tensor[][] = [];
  for (let start = 0; start === 0 || start < size; start += together)
    parts.push(vmap(f)(slice(basis, 0, { start, end: start + together })));
  return parts.length === 1
    ? parts[0]
    : parts[0].map((_, k) =>
        concat(
          parts.map((part) => part[k]),
          0,
        ),
      );
}

/** The first axis behind all others. */
const lastly = (x: Tensor): Tensor =>
  permute(
    x,
    [...x.shape.keys()].map((axis) => (axis + 1) % x.rank),
  );

/** A tree that holds one tensor, where `path` says. */
function at(path: string, tensor: Tensor): unknown {
  return path === ""
    ? tensor
    : path.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), tensor);
}

/**
 * The function that returns the second derivatives of `f`, which returns one element.
 *
 * @returns for an argument of shape `[...in]` a tensor `[...in, ...in]`; for trees, in the structure of the argument that structure again
 * @see jax.hessian; torch.func.hessian
 * @example
 * hessian((x: Tensor) => sum(pow(x, 3)))(tensor([1, 2])); // [[6, 0], [0, 12]]
 */
export function hessian<X, Rest extends readonly unknown[]>(
  f: (x: X, ...rest: Rest) => Tensor,
): (x: X, ...rest: Rest) => JacobianOf<X, X> {
  const gradient = grad(f as (...args: unknown[]) => Tensor) as unknown as (x: X, ...rest: Rest) => X;
  return jacobian(gradient, { mode: "forward" }) as (x: X, ...rest: Rest) => JacobianOf<X, X>;
}

/**
 * The Hessian of `f` at `x` times `v`, without the Hessian: the derivative of the gradient along `v`.
 *
 * @param f returns one element
 * @param v in the structure and shapes of `x`
 * @see Pearlmutter 1994, "Fast exact multiplication by the Hessian"; torch.autograd.functional.hvp
 * @example
 * hvp((x: Tensor) => sum(pow(x, 3)), tensor([1, 2]), tensor([1, 10])); // [6, 120]
 */
export function hvp<X>(f: (x: X) => Tensor, x: X, v: NoInfer<X>): X {
  const gradient = grad(f as (...args: unknown[]) => Tensor) as unknown as (x: X) => X;
  return jvp(gradient, [x], [v])[1];
}
