import { toTensor } from "../create.ts";
import { ArgumentError } from "../errors.ts";
import { type ActivationFacts, activationFacts } from "../numerics/activation-facts.ts";
import { apply } from "../op.ts";
import { ElementwiseOp, type UnaryResult } from "../ops/elementwise/elementwise.ts";
import { compileFunction } from "../scalar/compile.ts";
import { derive } from "../scalar/derive.ts";
import { Scalar, substitute, toScalar } from "../scalar/expression.ts";
import { kinksOf } from "../scalar/kinks.ts";
import type { Tensor, TensorLike } from "../tensor.ts";

export interface ActivationDefinition<P extends string = never, O extends string = never> {
  /** In configuration files and messages. */
  readonly name: string;
  /** The function, built from isograd's own elementwise operations; called once, with scalar expressions. */
  readonly f: (x: Scalar, values: Readonly<Record<P | O, Scalar>>) => Scalar;
  /** The slope, where the one derived from `f` is not accurate enough. */
  readonly derivative?: (x: Scalar, values: Readonly<Record<P | O, Scalar>>) => Scalar;
  /** Learnable numbers with their initial values: passed as tensors behind x, in this order. */
  readonly parameters?: Readonly<Record<P, number>>;
  /** Fixed numbers with their defaults; `with` sets others. */
  readonly options?: Readonly<Record<O, number>>;
}

/** An activation function together with all that is known of it. */
export interface Activation<P extends string = never, O extends string = never> {
  /** Applies the function to each element; parameters broadcast against x. */
  <const X extends TensorLike | Scalar>(
    x: X,
    ...parameters: (TensorLike | Scalar)[]
  ): [P] extends [never] ? UnaryResult<X> : X extends Scalar ? Scalar : Tensor;
  readonly name: string;
  readonly op: ElementwiseOp;
  /** The learnable numbers and where they begin. */
  readonly parameters: Readonly<Record<P, number>>;
  /** The fixed numbers of this variant. */
  readonly options: Readonly<Record<O, number>>;
  /** Range, saturation, moments, gains and fixed points, computed by quadrature when first asked for, at the initial parameters. */
  readonly facts: ActivationFacts;
  /** The facts at other values of the parameters. */
  factsAt(parameters: Readonly<Record<P, number>>): ActivationFacts;
  /** The same function with other fixed numbers; for the same numbers the same object. */
  with(options: Partial<Readonly<Record<O, number>>>): Activation<P, O>;
}

/**
 * Makes an activation of a scalar function: value, derivatives of every order and facts follow from `f`.
 *
 * @throws ArgumentError if `f` does not return a scalar expression
 * @example
 * const squareplus = defineActivation({ name: "squareplus", f: (x) => mul(0.5, add(x, sqrt(add(square(x), 4)))) });
 * squareplus(tensor([-1.5, 0, 1.5])); // [0.5, 1, 2]
 * squareplus.facts.gain; // 0.8165
 *
 * @__NO_SIDE_EFFECTS__
 */
export function defineActivation<P extends string = never, O extends string = never>(
  definition: ActivationDefinition<P, O>,
): Activation<P, O> {
  const { name, f, derivative } = definition;
  const parameters = (definition.parameters ?? {}) as Record<P, number>;
  const options = (definition.options ?? {}) as Record<O, number>;
  const names = Object.keys(parameters) as P[];
  const arity = 1 + names.length;
  const build = (from: typeof f): Scalar => {
    const values: Record<string, Scalar> = {};
    for (const [key, value] of Object.entries<number>(options)) values[key] = Scalar.constant(value);
    names.forEach((key, k) => {
      values[key] = Scalar.input(k + 1);
    });
    const result = from(Scalar.input(0), values as Record<P | O, Scalar>);
    if (result instanceof Scalar) return result;
    throw new ArgumentError(
      "defineActivation",
      `expected the function of ${name} to return a scalar expression of x`,
      result,
    );
  };
  const parts = lazily(() => {
    const expression = build(f);
    const slope = derivative === undefined ? derive(expression, 0) : build(derivative);
    return { expression, slope };
  });
  const call = (x: TensorLike | Scalar, ...rest: (TensorLike | Scalar)[]): Tensor | Scalar => {
    if (rest.length !== names.length)
      throw new ArgumentError(
        name,
        `expected ${arity} operands: x${names.map((key) => `, ${key}`).join("")}`,
        1 + rest.length,
      );
    if (x instanceof Scalar)
      return substitute(parts().expression, [x, ...rest.map((value) => toScalar(value as Scalar | number))]);
    const operand = toTensor(x);
    return apply(
      activation.op,
      [operand, ...rest.map((value) => toTensor(value as TensorLike, operand.dtype))],
      undefined,
    );
  };
  const factsAt = (values: Readonly<Record<P, number>>): ActivationFacts => {
    const at = [Scalar.input(0), ...names.map((key) => Scalar.constant(values[key]))];
    const [value, slope] = [substitute(parts().expression, at), substitute(parts().slope, at)];
    return activationFacts({
      value: compileFunction(value, 1),
      derivative: compileFunction(slope, 1),
      kinks: kinksOf(value),
    });
  };
  const op = lazily(
    () =>
      new ElementwiseOp(name, parts().expression, arity, "floating", {
        slope: derivative && parts().slope,
        activation,
      }),
  );
  const facts = lazily(() => factsAt(parameters));
  // A variant compiles loops of its own: who asks for the same one in each step gets the same one.
  const variants = new Map<string, Activation<P, O>>();
  const variant = (changed: Partial<Record<O, number>>): Activation<P, O> => {
    const values = { ...options, ...changed };
    const key = Object.values(values).join();
    let known = variants.get(key);
    if (known === undefined) {
      if (variants.size >= remembered) variants.clear();
      known = defineActivation({ ...definition, name: variantName(name, changed), options: values });
      variants.set(key, known);
    }
    return known;
  };
  const activation = Object.defineProperties(call, {
    name: { value: name },
    parameters: { value: parameters },
    options: { value: options },
    op: { get: op },
    facts: { get: facts },
    factsAt: { value: factsAt },
    with: { value: variant },
  }) as unknown as Activation<P, O>;
  return activation;
}

/** How many variants of an activation are kept. */
const remembered = 32;

function lazily<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const variantName = (name: string, changed: object): string =>
  `${name}(${Object.entries(changed)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")})`;
