import {
  abs,
  add,
  div,
  elu,
  exp,
  leakyRelu,
  linspace,
  lt,
  max,
  maximum,
  mul,
  neg,
  relu,
  sigmoid,
  sub,
  type Tensor,
  tanh,
  tensor,
  where,
} from "@isograd/autograd";
import type { Claim, Measurement } from "./claim.ts";

/** As printed; α of ELU is 1. */
const printed: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  sigmoid: (x) => div(1, add(1, exp(neg(x)))),
  tanh: (x) => div(sub(exp(x), exp(neg(x))), add(exp(x), exp(neg(x)))),
  ReLU: (x) => maximum(0, x),
  "Leaky ReLU": (x) => maximum(mul(0.01, x), x),
  ELU: (x) => where(lt(x, 0), sub(exp(x), 1), x),
};

const ours: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  sigmoid,
  tanh,
  ReLU: relu,
  "Leaky ReLU": leakyRelu,
  ELU: elu,
};

/** The largest difference between two functions on an interval, in double precision. */
function distance(f: (x: Tensor) => Tensor, g: (x: Tensor) => Tensor, end: number): number {
  const x = linspace(-end, end, 2001, "f64");
  return max(abs(sub(f(x), g(x)))).item();
}

export const formulas: Claim = {
  section: "3.2",
  statement: "Sigmoid, tanh, ReLU, Leaky ReLU and ELU are given by these formulas.",
  theory:
    "They are. Computed as printed, tanh is ∞/∞ where eˣ overflows: from 89 on in single precision, from 710 on in double precision. tanh x = 2σ(2x) - 1 with the exponential of a negative number has no such place.",
  experiment: () => [
    ...Object.keys(printed).map(
      (name): Measurement => ({
        setting: `${name}, from -20 to 20`,
        quantity: "largest difference from the library's",
        values: distance(printed[name], ours[name], 20),
        claimed: { below: 1e-12 },
      }),
    ),
    ...Object.keys(printed).map(
      (name): Measurement => ({
        setting: `${name} at ±100 in single precision`,
        quantity: "how many of the two are numbers",
        values: [...printed[name](tensor([-100, 100])).values()].filter(Number.isFinite).length,
        claimed: { above: 1.5 },
      }),
    ),
  ],
};
