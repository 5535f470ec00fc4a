import type { plainRules } from "../kernels/wasm/elementwise/plain.ts";
import type { CostlyRule } from "../kernels/wasm/elementwise/program.ts";

/**
 * A scalar function of a few scalars, by its value and its partial derivatives.
 *
 * One row says everything that any part of the library knows of a primitive.
 */
export interface Primitive {
  readonly name: string;
  readonly evaluate: (...inputs: number[]) => number;
  /** JavaScript for the value, where that is shorter or faster than a call of `evaluate`. */
  readonly code?: (...inputs: string[]) => string;
  /** The derivative to each input, in terms of the inputs and of the output itself; 0 where it is constant. */
  readonly partials: (inputs: readonly Scalar[], output: Scalar) => readonly ScalarLike[];
  /** Vanishes exactly where the function has a kink or a jump; absent for smooth ones. */
  readonly kink?: (inputs: readonly Scalar[]) => Scalar;
  /** The value is a truth value: 0 or 1. */
  readonly logical?: boolean;
  /** How WebAssembly computes it: the name of a few instructions, or a rule of its own; absent where only plain loops do. */
  readonly vector?: keyof typeof plainRules | CostlyRule;
}

export type ScalarLike = Scalar | number;

/**
 * A node of a scalar expression: an input, a constant, or a primitive applied to expressions.
 *
 * @example
 * const line = add(mul(2, Scalar.input(0)), 1);
 * line instanceof Scalar; // true
 */
export class Scalar {
  private constructor(
    readonly primitive: Primitive | null,
    readonly inputs: readonly Scalar[],
    /** The constant's value, or the input's position. */
    readonly value: number,
  ) {}

  static input(position: number): Scalar {
    return new Scalar(null, asInput, position);
  }

  static constant(value: number): Scalar {
    return new Scalar(null, asConstant, value);
  }

  static apply(primitive: Primitive, inputs: readonly ScalarLike[]): Scalar {
    return new Scalar(primitive, inputs.map(toScalar), 0);
  }

  get isInput(): boolean {
    return this.inputs === asInput;
  }

  get isConstant(): boolean {
    return this.inputs === asConstant;
  }

  isConstantOf(value: number): boolean {
    return this.inputs === asConstant && this.value === value;
  }
}

const asInput: readonly Scalar[] = Object.freeze([]);
const asConstant: readonly Scalar[] = Object.freeze([]);

export function toScalar(value: ScalarLike): Scalar {
  return value instanceof Scalar ? value : Scalar.constant(value);
}

/** Every node below `root` once, each after its inputs. */
export function nodesOf(root: Scalar): Scalar[] {
  const order: Scalar[] = [];
  const seen = new Set<Scalar>();
  const stack: Scalar[] = [root];
  while (stack.length > 0) {
    const node = stack[stack.length - 1];
    if (seen.has(node)) {
      stack.pop();
      continue;
    }
    const missing = node.inputs.filter((input) => !seen.has(input));
    if (missing.length > 0) {
      stack.push(...missing);
    } else {
      seen.add(node);
      order.push(node);
      stack.pop();
    }
  }
  return order;
}

/** The positions of the inputs that the expression reads, ascending. */
export function freeInputs(root: Scalar): number[] {
  const positions = new Set<number>();
  for (const node of nodesOf(root)) if (node.isInput) positions.add(node.value);
  return [...positions].sort((a, b) => a - b);
}

/** The same expression with other expressions in place of its inputs. */
export function substitute(root: Scalar, replacements: readonly Scalar[]): Scalar {
  const renewed = new Map<Scalar, Scalar>();
  for (const node of nodesOf(root)) {
    if (node.isInput) renewed.set(node, replacements[node.value]);
    else if (node.primitive === null) renewed.set(node, node);
    else
      renewed.set(
        node,
        Scalar.apply(
          node.primitive,
          node.inputs.map((input) => renewed.get(input) as Scalar),
        ),
      );
  }
  return renewed.get(root) as Scalar;
}
