import { type Primitive, Scalar, type ScalarLike, toScalar } from "./expression.ts";

export const add: Primitive = {
  name: "add",
  vector: "add",
  evaluate: (a, b) => a + b,
  code: (a, b) => `(${a} + ${b})`,
  partials: () => [1, 1],
};

export const sub: Primitive = {
  name: "sub",
  vector: "sub",
  evaluate: (a, b) => a - b,
  code: (a, b) => `(${a} - ${b})`,
  partials: () => [1, -1],
};

export const mul: Primitive = {
  name: "mul",
  vector: "mul",
  evaluate: (a, b) => a * b,
  code: (a, b) => `(${a} * ${b})`,
  partials: ([a, b]) => [b, a],
};

export const div: Primitive = {
  name: "div",
  vector: "div",
  evaluate: (a, b) => a / b,
  code: (a, b) => `(${a} / ${b})`,
  partials: ([, b], quotient) => [quotientOf(1, b), negativeOf(quotientOf(quotient, b))],
};

export const neg: Primitive = {
  name: "neg",
  vector: "neg",
  evaluate: (a) => -a,
  code: (a) => `(-${a})`,
  partials: () => [-1],
};

export const square: Primitive = {
  name: "square",
  vector: "square",
  evaluate: (a) => a * a,
  partials: ([a]) => [productOf(2, a)],
};

export const reciprocal: Primitive = {
  name: "reciprocal",
  vector: "reciprocal",
  evaluate: (a) => 1 / a,
  code: (a) => `(1 / ${a})`,
  partials: (_, y) => [negativeOf(squareOf(y))],
};

/** From a to b as w goes from 0 to 1, exact at both ends. */
export const lerp: Primitive = {
  name: "lerp",
  evaluate: (a, b, w) => (w < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w)),
  partials: ([a, b, w]) => [differenceOf(1, w), w, differenceOf(b, a)],
};

// Builders for the rules of derivatives. They fold the constants 0 and 1 away, so that a derivative stays as short as one written by hand.

export function sumOf(a: ScalarLike, b: ScalarLike): Scalar {
  const [x, y] = [toScalar(a), toScalar(b)];
  if (x.isConstantOf(0)) return y;
  if (y.isConstantOf(0)) return x;
  return x.isConstant && y.isConstant ? Scalar.constant(x.value + y.value) : Scalar.apply(add, [x, y]);
}

export function differenceOf(a: ScalarLike, b: ScalarLike): Scalar {
  const [x, y] = [toScalar(a), toScalar(b)];
  if (y.isConstantOf(0)) return x;
  return x.isConstantOf(0) ? negativeOf(y) : Scalar.apply(sub, [x, y]);
}

export function productOf(a: ScalarLike, b: ScalarLike): Scalar {
  const [x, y] = [toScalar(a), toScalar(b)];
  if (x.isConstantOf(0) || y.isConstantOf(0)) return Scalar.constant(0);
  if (x.isConstantOf(1)) return y;
  if (y.isConstantOf(1)) return x;
  if (x.isConstantOf(-1)) return negativeOf(y);
  if (y.isConstantOf(-1)) return negativeOf(x);
  return x.isConstant && y.isConstant ? Scalar.constant(x.value * y.value) : Scalar.apply(mul, [x, y]);
}

export function quotientOf(a: ScalarLike, b: ScalarLike): Scalar {
  const [x, y] = [toScalar(a), toScalar(b)];
  return y.isConstantOf(1) ? x : Scalar.apply(div, [x, y]);
}

export function negativeOf(a: ScalarLike): Scalar {
  const x = toScalar(a);
  if (x.isConstant) return Scalar.constant(-x.value);
  return x.primitive === neg ? x.inputs[0] : Scalar.apply(neg, [x]);
}

export function squareOf(a: ScalarLike): Scalar {
  return Scalar.apply(square, [a]);
}
