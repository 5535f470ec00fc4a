import { toTensor } from "../../create.ts";
import { isFloating } from "../../dtype.ts";
import { ArgumentError } from "../../errors.ts";
import { apply } from "../../op.ts";
import { type Primitive, Scalar } from "../../scalar/expression.ts";
import * as row from "../../scalar/rounding.ts";
import { Tensor, type TensorLike } from "../../tensor.ts";
import { type Binary, binary, mapped, type Unary, unary } from "./elementwise.ts";

/**
 * The largest integer not above x; its gradient is zero.
 *
 * @see torch.floor
 * @example
 * floor(tensor([-1.5, 0.2, 3])); // [-2, 0, 3]
 */
export const floor: Unary = /* @__PURE__ */ unary(row.floor, "same");

/**
 * The smallest integer not below x; its gradient is zero.
 *
 * @see torch.ceil
 * @example
 * ceil(tensor([-1.5, 0.2, 3])); // [-1, 1, 3]
 */
export const ceil: Unary = /* @__PURE__ */ unary(row.ceil, "same");

/**
 * x without its fraction; its gradient is zero.
 *
 * @see torch.trunc
 * @example
 * trunc(tensor([-1.5, 2.7])); // [-1, 2]
 */
export const trunc: Unary = /* @__PURE__ */ unary(row.trunc, "same");

/**
 * The fraction of x, with its sign.
 *
 * @see torch.frac
 * @example
 * frac(tensor([1.25, -1.25])); // [0.25, -0.25]
 */
export const frac: Unary = /* @__PURE__ */ unary(row.frac, "same");

const roundToWhole: Unary = /* @__PURE__ */ unary(row.round, "same");
const roundDecimalsOp = /* @__PURE__ */ mapped("round", 2, (...inputs) =>
  Scalar.apply(row.roundDecimals, inputs),
);

/**
 * The nearest integer, or multiple of 10^(-decimals), halves to the even one; its gradient is zero.
 *
 * @param decimals a whole number, negative for digits before the point; default 0
 * @throws ArgumentError if `decimals` is not whole
 * @see torch.round
 * @example
 * round(tensor([0.5, 1.5, 2.5, -1.2])); // [0, 2, 2, -1]
 * round(tensor([1234.567]), 1); // [1234.6]
 * round(tensor([1234.567]), -2); // [1200]
 */
export function round(x: TensorLike, decimals?: number): Tensor;
export function round(x: Scalar, decimals?: number): Scalar;
export function round(x: TensorLike | Scalar, decimals = 0): Tensor | Scalar {
  if (!Number.isInteger(decimals))
    throw new ArgumentError("round", "expected a whole number of decimals", decimals);
  if (x instanceof Scalar)
    return decimals === 0 ? roundToWhole(x) : Scalar.apply(row.roundDecimals, [x, decimals]);
  if (decimals === 0) return roundToWhole(x);
  const operand = toTensor(x);
  return apply(roundDecimalsOp, [operand, toTensor(decimals, operand.dtype)], undefined);
}

/** For whole numbers, which cannot hold what a division by 0 gives. */
const ofWholeNumbers = (primitive: Primitive): Primitive => ({
  ...primitive,
  evaluate: (a, b) => {
    if (b === 0) throw new ArgumentError(primitive.name, "expected no 0 among whole divisors", b);
    return primitive.evaluate(a, b);
  },
  code: undefined,
  partials: () => [0, 0],
});

function division(primitive: Primitive): Binary {
  const [reals, wholeNumbers] = [binary(primitive), binary(ofWholeNumbers(primitive))];
  const isWhole = (x: TensorLike | Scalar): boolean =>
    x instanceof Tensor ? !isFloating(x.dtype) : typeof x === "number" && Number.isInteger(x);
  const call = (a: TensorLike, b: TensorLike): Tensor =>
    (a instanceof Tensor || b instanceof Tensor) && isWhole(a) && isWhole(b)
      ? wholeNumbers(a, b)
      : reals(a, b);
  return call as Binary;
}

/**
 * ⌊a / b⌋, broadcast; its gradient is zero.
 *
 * @throws ArgumentError where a whole number is divided by 0
 * @see torch.floor_divide
 * @example
 * floorDivide(tensor([7, -7]), 2); // [3, -4]
 */
export const floorDivide: Binary = /* @__PURE__ */ division(row.floorDivide);

/**
 * a / b without its fraction, broadcast; its gradient is zero.
 *
 * @throws ArgumentError where a whole number is divided by 0
 * @see torch.div
 * @example
 * truncDivide(tensor([7, -7]), 2); // [3, -3]
 */
export const truncDivide: Binary = /* @__PURE__ */ division(row.truncDivide);

/**
 * a - b ⌊a / b⌋, broadcast: with the sign of b.
 *
 * @throws ArgumentError where a whole number is divided by 0
 * @see torch.remainder
 * @example
 * remainder(tensor([7, -7]), 3); // [1, 2]
 */
export const remainder: Binary = /* @__PURE__ */ division(row.remainder);

/**
 * What is left of a after taking b as often as it goes, broadcast: with the sign of a.
 *
 * @throws ArgumentError where a whole number is divided by 0
 * @see torch.fmod
 * @example
 * fmod(tensor([7, -7]), 3); // [1, -1]
 */
export const fmod: Binary = /* @__PURE__ */ division(row.fmod);
