import {
  add,
  apply,
  defineOp,
  mul,
  neg,
  permute,
  type Rule,
  sin,
  sum,
  type Tensor,
} from "../../src/index.ts";

type Differentiable = (x: Tensor) => Tensor;

/** Two functions with the same values: one whose gradient is right, and one whose gradient is not. */
export interface Sabotage {
  right(f: Differentiable): Differentiable;
  wrong(f: Differentiable): Differentiable;
}

/** The identity with another rule, in front of a function. */
function rule(wrong: Rule<void>): Sabotage {
  const op = defineOp<void>({
    name: "tampered",
    shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
    forward: ([x]) => x,
    vjp: [wrong],
  });
  return { right: (f) => f, wrong: (f) => (x) => f(apply(op, [x], undefined)) };
}

const factor = (by: number): Sabotage => rule((g) => mul(g, by));

/** A second factor, whose part in the gradient is lost or not. */
const withFactor =
  (f: Differentiable, through: Differentiable): Differentiable =>
  (x) =>
    mul(f(x), add(1, mul(0.1, through(sin(sum(x))))));

/** Ways to get a gradient wrong. */
export const sabotages: Readonly<Record<string, Sabotage>> = {
  "factor 1 + 1e-2": factor(1.01),
  "factor 1 + 1e-3": factor(1 + 1e-3),
  "factor 1 + 1e-4": factor(1 + 1e-4),
  "flipped sign": rule((g) => neg(g)),
  "dropped term": { right: (f) => withFactor(f, (x) => x), wrong: (f) => withFactor(f, (x) => x.detach()) },
  transposed: rule((g) => (g.rank === 2 ? permute(g, [1, 0]) : g)),
  detached: { right: (f) => f, wrong: (f) => (x) => f(x.detach()) },
};
