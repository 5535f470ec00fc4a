import { toFloating } from "../../dtype.ts";
import { oneAnInput } from "../../graph/flops.ts";
import { reduceToNorm } from "../../kernels/norm.ts";
import { apply, defineOp } from "../../op.ts";
import { normalizeAxes, reduceShape } from "../../shape.ts";
import type { Node, Op, Tensor } from "../../tensor.ts";
import { div, mul } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { abs, eq, ne, sign, where } from "../elementwise/choice.ts";
import { pow } from "../elementwise/transcendental.ts";
import { reshape } from "../movement/movement.ts";
import { max, min } from "./extremum.ts";
import { behindExamples, type Reduced, type ReduceOptions, sum } from "./reduce.ts";

interface Power extends Reduced {
  /** Neither 0 nor infinite. */
  readonly p: number;
}

/**
 * A change times dy/dx = sgn(x) |x/y|^(p - 1) of the norm y: the rule in either direction.
 *
 * A norm of zero, and for p < 1 an element of zero, has slope zero.
 */
function timesSlope(change: Tensor, { inputs: [x], output: y, attributes: { p } }: Node<Power>): Tensor {
  const zero = eq(y, 0);
  if (p === 2) return mul(change, where(zero, 0, div(x, y)));
  const numerator = mul(sign(x), pow(abs(x), p - 1));
  if (p < 1) return mul(mul(change, pow(y, 1 - p)), where(eq(x, 0), 0, numerator));
  return mul(where(zero, 0, mul(change, pow(y, 1 - p))), numerator);
}

const normOp: Op<Power> = /* @__PURE__ */ defineOp<Power>({
  name: "vectorNorm",
  flops: oneAnInput,
  shape: ([x], { axes }) => ({ shape: reduceShape(x.shape, axes, true), dtype: x.dtype }),
  forward: ([x], { axes, p }, { dtype }) => reduceToNorm(x, axes, p, dtype),
  vjp: [timesSlope],
  jvp: [(t, node) => sum(timesSlope(t, node), { axis: node.attributes.axes, keepDims: true })],
  batch: (inputs, _, { axes, p }) => apply(normOp, inputs, { ...behindExamples({ axes }), p }),
  reads: [[0]],
  readsOutput: true,
});

export interface VectorNormOptions extends ReduceOptions {
  /** The exponent p in (Σ|x|^p)^(1/p): any number, default 2. ∞ and -∞: the largest and smallest |x|; 0: how many are not zero. */
  readonly ord?: number;
}

/**
 * (Σ|x|^p)^(1/p) over some axes, or all, as if these were one vector.
 *
 * Its derivative is zero where the norm is, and to an element that is zero; a second derivative that does not exist there is NaN, as the
 * curvature of the 2-norm at zero. For ±∞ elements that tie share the gradient evenly.
 *
 * @throws ShapeError for ±∞ of nothing
 * @see torch.linalg.vector_norm
 * @example
 * vectorNorm(tensor([3, -4])); // 5
 * vectorNorm(tensor([3, -4]), { ord: Infinity }); // 4
 * grad((x) => vectorNorm(x, { ord: Infinity }))(tensor([4, -4])); // [0.5, -0.5]
 */
export function vectorNorm(x: Tensor, { ord = 2, axis, keepDims = false }: VectorNormOptions = {}): Tensor {
  const reals = cast(x, toFloating(x.dtype));
  const options = { axis, keepDims };
  if (ord === 0) return cast(sum(ne(reals, 0), options), reals.dtype);
  if (ord === 1) return sum(abs(reals), options);
  if (ord === Number.POSITIVE_INFINITY) return max(abs(reals), options);
  if (ord === Number.NEGATIVE_INFINITY) return min(abs(reals), options);
  const axes = normalizeAxes("vectorNorm", axis, x.rank);
  return reshape(apply(normOp, [reals], { axes, p: ord }), reduceShape(x.shape, axes, keepDims));
}

export interface NormOptions extends ReduceOptions {
  /** As `ord` of `vectorNorm`, or "fro", which is 2; the default. */
  readonly p?: number | "fro";
}

/**
 * √Σx² over some axes, or all, or another norm; its derivative at zero is zero.
 *
 * @see torch.norm; `vectorNorm`
 * @example
 * norm(tensor([3, 4])); // 5
 * norm(tensor([[3, 4], [6, 8]]), { axis: 1, keepDims: true }); // [[5], [10]]
 * grad((x) => norm(x))(tensor([0, 0])); // [0, 0]
 */
export function norm(x: Tensor, { p = "fro", ...options }: NormOptions = {}): Tensor {
  return vectorNorm(x, { ord: p === "fro" ? 2 : p, ...options });
}
