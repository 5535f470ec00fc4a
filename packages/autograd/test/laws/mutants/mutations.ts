import {
  apply,
  concat,
  flip,
  mul,
  neg,
  type Op,
  permute,
  type Rule,
  reshape,
  slice,
  type Tensor,
} from "../../../src/index.ts";
import { ElementwiseOp } from "../../../src/ops/elementwise/elementwise.ts";
import * as arithmetic from "../../../src/scalar/arithmetic.ts";
import { derive } from "../../../src/scalar/derive.ts";
import { nodesOf, Scalar } from "../../../src/scalar/expression.ts";

/** An op with one of its rules made wrong. */
export interface Mutant {
  /** The field that is wrong, the input whose rule it is, and how: `vjp[1] sign`. */
  readonly name: string;
  readonly field: "vjp" | "jvp" | "batch";
  readonly value: unknown;
  /** Whether the mutant has given another number than the op: one that never does is tested by no sample. */
  changed(): boolean;
}

type AnyRule = (first: Tensor, ...rest: never[]) => Tensor | readonly (Tensor | null)[] | null;

/** What makes a result wrong; null: nothing is left of it. */
const spoils: Readonly<Record<string, (result: Tensor) => Tensor | null>> = {
  sign: (result) => neg(result),
  factor: (result) => mul(result, 1 + 1e-4),
  dropped: () => null,
  transposed: (result) => {
    const axes = Array.from({ length: result.rank }, (_, axis) => axis);
    // Where there is nothing to transpose, the elements come in reversed order.
    if (result.shape.slice(-2).filter((extent) => extent > 1).length < 2) return flip(result, axes);
    const order = [...axes.slice(0, -2), result.rank - 1, result.rank - 2];
    return reshape(permute(result, order), result.shape);
  },
  detached: (result) => result.detach(),
};

/** All mutants of the rules of an op. */
export function mutantsOf(op: Op): Mutant[] {
  return [...spoiled(op, "vjp"), ...missingTerms(op), ...spoiled(op, "jvp"), ...mixedUp(op)];
}

function spoiled(op: Op, field: "vjp" | "jvp"): Mutant[] {
  // A function of each element has the same rules in both directions.
  if (field === "jvp" && op instanceof ElementwiseOp) return [];
  const rules = op[field] as
    | readonly (AnyRule | null)[]
    | ((position: number) => AnyRule)
    | string
    | undefined;
  if (rules === undefined || typeof rules === "string") return [];
  const positions = typeof rules === "function" ? [null] : [...rules.keys()].filter((k) => rules[k] !== null);
  return positions.flatMap((position) =>
    Object.entries(spoils).map(([how, spoil]) => {
      const watch = watched(spoil);
      const value =
        typeof rules === "function"
          ? (k: number) => watch.wrap(rules(k))
          : rules.map((rule, k) => (k === position && rule !== null ? watch.wrap(rule) : rule));
      return { name: `${field}[${position ?? "each"}] ${how}`, field, value, changed: watch.changed };
    }),
  );
}

/** Applies `spoil` to what rules give, and remembers whether that has made a difference: in numbers, or to the graph. */
function watched(spoil: (result: Tensor) => Tensor | null): {
  wrap(rule: AnyRule): AnyRule;
  changed(): boolean;
} {
  let changed = false;
  const one = (result: Tensor | null): Tensor | null => {
    if (result === null) return null;
    const wrong = guarded(() => spoil(result));
    const cut = wrong !== null && wrong.node === null && result.node !== null;
    changed ||= cut || differs(wrong, result);
    return wrong;
  };
  return {
    wrap:
      (rule) =>
      (...args) => {
        const result = rule(...args);
        return Array.isArray(result) ? result.map(one) : one(result as Tensor | null);
      },
    changed: () => changed,
  };
}

/** The mutation itself does not work. */
export class MutationError extends Error {
  override readonly name = "MutationError";
}

/** A mutation that fails is not to be mistaken for a mutant that is found out. */
function guarded<R>(f: () => R): R {
  try {
    return f();
  } catch (error) {
    throw new MutationError(String(error));
  }
}

function differs(a: Tensor | null, b: Tensor): boolean {
  const [left, right] = [a?.values(), b.values()];
  return right.some(
    (value, k) => (left?.[k] ?? 0) !== value && !(Number.isNaN(left?.[k]) && Number.isNaN(value)),
  );
}

/** For each sum in the derivative of an expression two mutants, each without one of its terms. */
function missingTerms(op: Op): Mutant[] {
  if (!(op instanceof ElementwiseOp) || !Array.isArray(op.vjp)) return [];
  const { vjp } = op;
  return vjp.flatMap((rule, position) => {
    if (rule === null) return [];
    const slope = derive(op.expression, position);
    const sums = nodesOf(slope).filter(
      ({ primitive }) => primitive === arithmetic.add || primitive === arithmetic.sub,
    );
    return sums.flatMap((sum, at) =>
      [0, 1].map((term): Mutant => {
        const broken = replaced(slope, sum, term);
        let changed = false;
        const wrong = new ElementwiseOp(
          `${op.name}.mutant`,
          arithmetic.productOf(Scalar.input(op.arity), broken),
          op.arity + 1,
        );
        const value: (Rule<void> | null)[] = vjp.map((right, k) =>
          k !== position || right === null
            ? right
            : (cotangent, node, all) => {
                const expected = right(cotangent, node, all);
                const operands = Array.from({ length: op.arity }, (_, j) => node.inputs[j] ?? cotangent);
                const result = guarded(() => apply(wrong, [...operands, cotangent], undefined));
                if (expected !== null) changed ||= differs(result, expected);
                return result;
              },
        );
        return { name: `vjp[${position}] term ${at}.${term}`, field: "vjp", value, changed: () => changed };
      }),
    );
  });
}

/** The expression with one operand of a sum in it left out. */
function replaced(root: Scalar, sum: Scalar, term: number): Scalar {
  const renewed = new Map<Scalar, Scalar>();
  for (const node of nodesOf(root)) {
    const inputs = node.inputs.map((input) => renewed.get(input) as Scalar);
    if (node === sum) inputs[term] = Scalar.constant(0);
    renewed.set(node, node.primitive === null ? node : Scalar.apply(node.primitive, inputs));
  }
  return renewed.get(root) as Scalar;
}

/** The examples in another order. */
function mixedUp(op: Op): Mutant[] {
  const { batch } = op;
  if (typeof batch !== "function") return [];
  const value: typeof batch = (...args) => {
    const result = batch(...args);
    const turn = (x: Tensor): Tensor =>
      guarded(() => concat([slice(x, 0, { start: 1 }), slice(x, 0, { end: 1 })]));
    return Array.isArray(result) ? result.map(turn) : turn(result as Tensor);
  };
  return [{ name: "batch mixed up", field: "batch", value, changed: () => true }];
}
