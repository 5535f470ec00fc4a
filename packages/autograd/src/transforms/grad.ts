import { seedOf, sweep } from "../backward.ts";
import { zeros } from "../create.ts";
import { ArgumentError } from "../errors.ts";
import { Tensor, type Tracked } from "../tensor.ts";
import { realsOf, withReals } from "../tree.ts";
import { closed, trace } from "./trace.ts";

export interface GradOptions<N extends number | readonly number[] = number> {
  /** Which argument to differentiate by, or which several; default 0. @see jax.grad, `argnums` */
  readonly argnums?: N;
}

/** With `hasAux`, the function returns its value and whatever else is to be handed through. */
export interface AuxOptions<N extends number | readonly number[] = number> extends GradOptions<N> {
  readonly hasAux: true;
}

/** The gradient in the structure of the arguments that are differentiated by. */
export type GradientOf<Args extends readonly unknown[], N> = N extends readonly number[]
  ? { -readonly [K in keyof N]: N[K] extends keyof Args ? Args[N[K]] : Args[number] }
  : N extends number
    ? number extends N
      ? Args[0]
      : Args[N]
    : never;

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
 * grad((w: Tensor, x: Tensor) => dot(w, x), { argnums: [0, 1] })(tensor([1, 2]), tensor([3, 4])); // [[3, 4], [1, 2]]
 */
export function grad(f: (x: Tensor) => Tensor): (x: Tensor) => Tensor;
export function grad<Args extends unknown[], const N extends number | readonly number[] = 0>(
  f: (...args: Args) => Tensor,
  options?: GradOptions<N>,
): (...args: Args) => GradientOf<Args, N>;
export function grad<Args extends unknown[], Aux, const N extends number | readonly number[] = 0>(
  f: (...args: Args) => readonly [value: Tensor, aux: Aux],
  options: AuxOptions<N>,
): (...args: Args) => [gradient: GradientOf<Args, N>, aux: Aux];
export function grad(f: LooseFunction, options: LooseOptions = {}): LooseFunction {
  const both = differentiated(f, options);
  return (...args) => {
    const { gradient, aux } = both(args);
    return options.hasAux ? [gradient, aux] : gradient;
  };
}

/**
 * As `grad`, together with the value of `f`; with `hasAux`, `[[value, aux], gradient]`.
 *
 * @see jax.value_and_grad
 * @example
 * valueAndGrad((x) => sum(square(x)))(tensor([1, 2])); // [5, [2, 4]]
 */
export function valueAndGrad(f: (x: Tensor) => Tensor): (x: Tensor) => [value: Tensor, gradient: Tensor];
export function valueAndGrad<Args extends unknown[], const N extends number | readonly number[] = 0>(
  f: (...args: Args) => Tensor,
  options?: GradOptions<N>,
): (...args: Args) => [value: Tensor, gradient: GradientOf<Args, N>];
export function valueAndGrad<Args extends unknown[], Aux, const N extends number | readonly number[] = 0>(
  f: (...args: Args) => readonly [value: Tensor, aux: Aux],
  options: AuxOptions<N>,
): (...args: Args) => [value: [value: Tensor, aux: Aux], gradient: GradientOf<Args, N>];
export function valueAndGrad(f: LooseFunction, options: LooseOptions = {}): LooseFunction {
  const both = differentiated(f, options);
  return (...args) => {
    const { value, gradient, aux } = both(args);
    return [options.hasAux ? [value, aux] : value, gradient];
  };
}

type LooseFunction = (...args: never[]) => unknown;

interface LooseOptions {
  readonly argnums?: number | readonly number[];
  readonly hasAux?: boolean;
}

function differentiated(f: LooseFunction, { argnums = 0, hasAux = false }: LooseOptions) {
  const positions = [argnums].flat() as readonly number[];
  return (args: never[]): { value: Tensor; gradient: unknown; aux: unknown } => {
    const absent = positions.find((position) => !(position in args));
    if (absent !== undefined)
      throw new ArgumentError("grad", `expected one of ${args.length} arguments`, absent);
    const traced = trace("grad", f, args, (position) => positions.includes(position));
    const [value, aux] = (hasAux ? traced.value : [traced.value, undefined]) as [Tensor, unknown];
    if (!(value instanceof Tensor))
      throw new ArgumentError(
        "grad",
        `expected a function that returns ${hasAux ? "a tensor and what else it likes" : "a tensor"}`,
        value,
      );
    const seed = seedOf("grad", value, undefined);
    const { inputs, open, behind } = traced;
    const found =
      value.node === null
        ? inputs.map(() => null)
        : sweep(
            [{ output: value as Tracked, cotangent: seed }],
            { createGraph: open },
            inputs,
            hasAux ? undefined : behind,
          );
    let taken = 0;
    const gradients = args.map((arg, position) => {
      if (!positions.includes(position)) return undefined;
      const parts = realsOf(arg).map(({ shape, dtype }) => found[taken++] ?? zeros(shape, dtype));
      return withReals(arg as unknown, parts);
    });
    const gradient = positions.map((position) => gradients[position]);
    return {
      value: closed(value, open),
      gradient: Array.isArray(argnums) ? gradient : gradient[0],
      aux: closed(aux, open),
    };
  };
}
