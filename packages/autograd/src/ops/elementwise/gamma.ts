import { toTensor } from "../../create.ts";
import { ArgumentError, GraphError } from "../../errors.ts";
import { apply } from "../../op.ts";
import { type Primitive, Scalar } from "../../scalar/expression.ts";
import * as row from "../../scalar/gamma.ts";
import type { Tensor, TensorLike } from "../../tensor.ts";
import { add, sub } from "./arithmetic.ts";
import { lt, where } from "./choice.ts";
import { mapped, pairOf, type Unary, unary } from "./elementwise.ts";

/**
 * log |Γ(x)|; Infinity at the poles 0, -1, -2, …
 *
 * @see torch.lgamma
 * @example
 * lgamma(tensor([1, 5, 0])); // [0, 3.1781, Infinity]
 */
export const lgamma: Unary = /* @__PURE__ */ unary(row.lgamma);

/**
 * The derivative of log Γ; NaN at the poles -1, -2, …
 *
 * @see torch.digamma
 * @example
 * digamma(tensor([1, 2, -1])); // [-0.5772, 0.4228, NaN]
 */
export const digamma: Unary = /* @__PURE__ */ unary(row.digamma);

const polygammaOp = /* @__PURE__ */ mapped(
  "polygamma",
  2,
  (...inputs) => Scalar.apply(row.polygamma, inputs),
  "floating",
);

/**
 * The derivative of order n of `digamma`.
 *
 * @param n a whole number from 0 to 170; derivatives raise it, and are NaN where it goes beyond
 * @throws ArgumentError if n is not such a number
 * @see torch.polygamma
 * @example
 * polygamma(1, tensor([1, 2])); // [1.6449, 0.6449]
 */
export function polygamma(n: number, x: TensorLike): Tensor;
export function polygamma(n: number, x: Scalar): Scalar;
export function polygamma(n: number, x: TensorLike | Scalar): Tensor | Scalar {
  if (!Number.isInteger(n) || n < 0 || n > 170)
    throw new ArgumentError("polygamma", "expected a whole order from 0 to 170", n);
  if (n === 0) return digamma(x as TensorLike);
  if (x instanceof Scalar) return Scalar.apply(row.polygamma, [n, x]);
  const operand = toTensor(x);
  return apply(polygammaOp, [toTensor(n, operand.dtype), operand], undefined);
}

/**
 * The logarithm of the multivariate gamma function Γₚ(x); NaN below its domain x > (p - 1) / 2.
 *
 * @param p the dimension, a whole number from 1 on
 * @throws ArgumentError if p is not such a number
 * @see torch.mvlgamma
 * @example
 * mvlgamma(tensor([2, 3, 0.4]), 2); // [0.4516, 1.5502, NaN]
 */
export function mvlgamma(x: TensorLike, p: number): Tensor {
  if (!Number.isInteger(p) || p < 1)
    throw new ArgumentError("mvlgamma", "expected a whole dimension from 1 on", p);
  const operand = toTensor(x);
  let sum = add(lgamma(operand), (p * (p - 1) * Math.log(Math.PI)) / 4);
  for (let j = 1; j < p; j++) sum = add(sum, lgamma(sub(operand, j / 2)));
  return where(lt(operand, (p - 1) / 2), Number.NaN, sum);
}

type OnlySecond = (a: TensorLike, b: TensorLike) => Tensor;

/** Lifts a primitive of two inputs that has no derivative to the first. */
function onlySecond(primitive: Primitive): OnlySecond {
  const op = mapped(primitive.name, 2, (...inputs) => Scalar.apply(primitive, inputs), "floating");
  return (a, b) => {
    const operands = pairOf(a, b);
    if (operands[0].requiresGrad)
      throw new GraphError(
        primitive.name,
        "has no derivative to its first operand, and gradients flow there; detach it",
      );
    return apply(op, operands, undefined);
  };
}

/**
 * Hurwitz' zeta function Σₖ (b + k)⁻ᵃ, broadcast.
 *
 * @param a above 1; the derivative to it is not offered
 * @param b for b < 0 only where a is whole
 * @throws GraphError if gradients flow to a
 * @see torch.special.zeta
 * @example
 * zeta(2, tensor([1, 2])); // [1.6449, 0.6449]
 */
export const zeta: OnlySecond = /* @__PURE__ */ onlySecond(row.zeta);

/**
 * The regularised lower incomplete gamma function P(a, b), broadcast; NaN for negative operands.
 *
 * @param a the derivative to it is not offered
 * @throws GraphError if gradients flow to a
 * @see torch.special.gammainc
 * @example
 * igamma(1, tensor([0, 1, 2])); // [0, 0.6321, 0.8647]
 */
export const igamma: OnlySecond = /* @__PURE__ */ onlySecond(row.igamma);

/**
 * 1 - P(a, b), with all its digits where it is small; see `igamma`.
 *
 * @throws GraphError if gradients flow to a
 * @see torch.special.gammaincc
 * @example
 * igammac(1, tensor([0, 1, 20])); // [1, 0.3679, 2.061e-9]
 */
export const igammac: OnlySecond = /* @__PURE__ */ onlySecond(row.igammac);
