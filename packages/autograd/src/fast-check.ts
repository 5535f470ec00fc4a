import * as fc from "fast-check";
import { tensor } from "./create.ts";
import { type Shape, sizeOf } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

export interface ShapeConstraints {
  /** Default 0, a scalar. */
  readonly minRank?: number;
  /** Default 3. */
  readonly maxRank?: number;
  /** Default 1; 0 for empty tensors too. */
  readonly minExtent?: number;
  /** Default 4. */
  readonly maxExtent?: number;
}

/**
 * Shapes; they shrink to few and short axes.
 *
 * @example
 * import * as fc from "fast-check";
 * fc.assert(fc.property(shapes({ maxRank: 4 }), (shape) => zeros(shape).rank <= 4));
 */
export function shapes({
  minRank = 0,
  maxRank = 3,
  minExtent = 1,
  maxExtent = 4,
}: ShapeConstraints = {}): fc.Arbitrary<number[]> {
  const extent = fc.integer({ min: minExtent, max: maxExtent });
  return fc.array(extent, { minLength: minRank, maxLength: maxRank });
}

/**
 * Shapes that broadcast together: of one common shape each drops leading axes and has extent 1 on others.
 *
 * @example
 * import * as fc from "fast-check";
 * const fits = fc.property(broadcastableShapes(3), (all) => broadcastShapes("mine", all).length <= 3);
 * fc.assert(fits);
 */
export function broadcastableShapes(
  count: number,
  constraints: ShapeConstraints = {},
): fc.Arbitrary<number[][]> {
  return shapes(constraints).chain((common) => {
    const one = fc
      .tuple(
        fc.integer({ min: 0, max: common.length }),
        fc.array(fc.boolean(), { minLength: common.length, maxLength: common.length }),
      )
      .map(([dropped, stretched]) =>
        common.map((extent, axis) => (stretched[axis] ? 1 : extent)).slice(dropped),
      );
    return fc.array(one, { minLength: count, maxLength: count });
  });
}

export interface NumberConstraints {
  /** The sizes between which numbers lie, each order of magnitude as likely; default 1e-3 to 1e3. */
  readonly magnitude?: readonly [smallest: number, largest: number];
  /** Default "both". */
  readonly sign?: "both" | "positive" | "negative";
  /** Where the function in question has kinks, jumps or poles: numbers keep away from there. */
  readonly kinks?: readonly number[];
  /** How far; default 1e-2. */
  readonly margin?: number;
}

/**
 * Numbers by magnitude: of either sign, never zero, as often small as large. They shrink to 1.
 *
 * (`fc.double` draws bit patterns: of what it gives between -1 and 1, nine in ten are below 1e-6.)
 *
 * @example
 * import * as fc from "fast-check";
 * const inRange = fc.property(numbers({ magnitude: [1, 10], sign: "positive" }), (x) => x >= 1 && x <= 10);
 * fc.assert(inRange);
 */
export function numbers({
  magnitude: [smallest, largest] = [1e-3, 1e3],
  sign = "both",
  kinks = [],
  margin = 1e-2,
}: NumberConstraints = {}): fc.Arbitrary<number> {
  const thousandths = {
    min: Math.ceil(1000 * Math.log10(smallest)),
    max: Math.floor(1000 * Math.log10(largest)),
  };
  const size = fc.integer(thousandths).map((power) => 10 ** (power / 1000));
  const negative = sign === "both" ? fc.boolean() : fc.constant(sign === "negative");
  return fc
    .tuple(size, negative)
    .map(([value, flipped]) => (flipped ? -value : value))
    .filter((value) => kinks.every((kink) => Math.abs(value - kink) >= margin));
}

export interface TensorConstraints extends NumberConstraints {
  /** Default f64: what gradients are checked in. */
  readonly dtype?: "f32" | "f64";
}

/**
 * Tensors of a shape, or of shapes that are drawn.
 *
 * @example
 * import * as fc from "fast-check";
 * const commutes = fc.property(tensors([2, 3]), (x) => allclose(sum(x), sum(transpose(x))));
 * fc.assert(commutes);
 */
export function tensors(
  shape: Shape | fc.Arbitrary<Shape>,
  { dtype = "f64", ...constraints }: TensorConstraints = {},
): fc.Arbitrary<Tensor> {
  const element = numbers(constraints);
  const ofShape = (known: Shape): fc.Arbitrary<Tensor> =>
    fc
      .array(element, { minLength: sizeOf(known), maxLength: sizeOf(known) })
      .map((values) => tensor(Float64Array.from(values), { shape: known, dtype }));
  return isShape(shape) ? ofShape(shape) : shape.chain(ofShape);
}

const isShape = (value: Shape | fc.Arbitrary<Shape>): value is Shape => Array.isArray(value);

/**
 * Pairs of tensors whose shapes broadcast.
 *
 * @example
 * import * as fc from "fast-check";
 * const commutes = fc.property(broadcastablePairs(), ([a, b]) => allclose(add(a, b), add(b, a)));
 * fc.assert(commutes);
 */
export function broadcastablePairs(
  constraints: ShapeConstraints & TensorConstraints = {},
): fc.Arbitrary<[Tensor, Tensor]> {
  return broadcastableShapes(2, constraints).chain(([a, b]) =>
    fc.tuple(tensors(a, constraints), tensors(b, constraints)),
  );
}
