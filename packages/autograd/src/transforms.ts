import { reach, seedOf, sweep, trackedNode } from "./backward.ts";
import { context, enableGrad } from "./context.ts";
import { zeros } from "./create.ts";
import { isFloating } from "./dtype.ts";
import { ArgumentError, GraphError } from "./errors.ts";
import { alias } from "./ops/elementwise/cast.ts";
import { Tensor, track } from "./tensor.ts";
import { mapTree } from "./tree.ts";

export interface GradOptions {
  /** Which argument to differentiate; default 0. */
  readonly argument?: number;
}

/**
 * The function that returns the gradient of `f`, in the structure of its argument.
 *
 * `f` returns a tensor with one element; its argument is a tensor or a tree of them. Nests to any order: a gradient can itself be
 * differentiated, by this function or by `backward`, to whatever tracked tensors it was made from.
 *
 * @throws ShapeError if `f` returns more than one element
 * @see jax.grad
 * @example
 * grad((x: Tensor) => sum(mul(x, x)))(tensor([1, 2, 3])); // [2, 4, 6]
 */
export function grad(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor;
export function grad<Args extends unknown[]>(
  f: (...args: Args) => Tensor,
  options?: GradOptions,
): (...args: Args) => Args[0];
export function grad<Args extends unknown[]>(
  f: (...args: Args) => Tensor,
  options: GradOptions = {},
): (...args: Args) => Args[0] {
  const both = valueAndGrad(f, options);
  return (...args) => both(...args)[1];
}

/** As `grad`, together with the value of `f`. @see jax.value_and_grad */
export function valueAndGrad(f: (x: Tensor) => Tensor): (x: Tensor) => [value: Tensor, gradient: Tensor];
export function valueAndGrad<Args extends unknown[]>(
  f: (...args: Args) => Tensor,
  options?: GradOptions,
): (...args: Args) => [value: Tensor, gradient: Args[0]];
export function valueAndGrad<Args extends unknown[]>(
  f: (...args: Args) => Tensor,
  { argument = 0 }: GradOptions = {},
): (...args: Args) => [value: Tensor, gradient: Args[0]] {
  return (...args) => {
    const inputs: Tensor[] = [];
    const argued = [...args] as Args;
    const fresh = (x: Tensor): Tensor => {
      if (!isFloating(x.dtype)) return x;
      const input = enableGrad(() => (x.node === null || !context.recording ? track(x.detach()) : alias(x)));
      inputs.push(input);
      return input;
    };
    argued[argument] = mapTree(args[argument], fresh);
    if (inputs.length === 0)
      throw new ArgumentError(
        "grad",
        `expected argument ${argument} to hold tensors of reals`,
        args[argument],
      );
    const value = enableGrad(() => f(...argued));
    if (!(value instanceof Tensor))
      throw new ArgumentError("grad", "expected a function that returns a tensor", value);
    seedOf("grad", value, undefined);
    // Recorded where somebody outside can ask for more: where the graph reaches a tracked leaf that is not one of ours.
    const open = context.recording && leadsOutside(value, inputs);
    const found =
      value.node === null
        ? inputs.map((input) => zeros(input.shape, input.dtype))
        : gradients(value, inputs, { createGraph: open });
    let next = 0;
    const gradient = mapTree(args[argument], (x) => (isFloating(x.dtype) ? found[next++] : x));
    return [open ? value : value.detach(), gradient];
  };
}

function leadsOutside(value: Tensor, inputs: readonly Tensor[]): boolean {
  if (value.node === null) return false;
  const ours = new Set(inputs.map((input) => input.node));
  return reach([value.node]).some((node) => node.op === null && !ours.has(node));
}

export interface GradientsOptions {
  /** The cotangent of `output`; needed unless it has one element. */
  readonly cotangent?: Tensor;
  readonly retainGraph?: boolean;
  readonly createGraph?: boolean;
  /** What an input that `output` does not depend on gets: zeros (default), or a GraphError. */
  readonly unused?: "zero" | "error";
}

/**
 * The gradients of `output` to `inputs`, any tensors on the way to it; no `grad` is touched.
 *
 * @throws GraphError if no gradient flows to `output`, or to an input with `unused: "error"`
 * @see torch.autograd.grad
 */
export function gradients(
  output: Tensor,
  inputs: readonly Tensor[],
  options: GradientsOptions = {},
): Tensor[] {
  const { cotangent, unused = "zero", ...sweeping } = options;
  const root = {
    node: trackedNode("gradients", output),
    index: output.outputIndex,
    cotangent: seedOf("gradients", output, cotangent),
  };
  const targets = inputs.map((input) => ({
    node: trackedNode("gradients", input),
    index: input.outputIndex,
  }));
  return sweep([root], sweeping, targets).map((gradient, k) => {
    if (gradient === null && unused === "error")
      throw new GraphError("gradients", `the output does not depend on input ${k}`);
    return gradient ?? zeros(inputs[k].shape, inputs[k].dtype);
  });
}
