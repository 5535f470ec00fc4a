import type { Shape } from "../../../shape.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body, Precision } from "./body.ts";
import type { Format } from "./format.ts";
import type { plainRules } from "./plain.ts";

/** How a function that costs more than its operands' way into the arena and back is computed. */
export interface CostlyRule {
  readonly emit: (body: Body, ...operands: Vector[]) => Vector;
  /** Where it has all digits of the format; in double precision it is always good enough for f32. */
  readonly accurateIn: readonly Format["name"][];
}

/** One value of a program: an operand by its position, a constant, or a rule applied to earlier values. */
export type Step =
  | { readonly kind: "operand"; readonly position: number }
  | { readonly kind: "constant"; readonly value: number }
  | {
      readonly kind: "apply";
      readonly rule: keyof typeof plainRules | CostlyRule;
      readonly steps: readonly number[];
    };

/** A scalar expression as a list, each step behind those that it reads; the last one is the result. */
export interface Program {
  readonly arity: number;
  readonly precision: Precision;
  /** How many numbers of which precision are computed with at a time. */
  readonly format: Format;
  readonly steps: readonly Step[];
}

/** Arrays of the program's precision. */
export type Floats = Float32Array | Float64Array;

/** Numbers in memory and the way to walk over them; one of lower rank, or of extent 1 along an axis, stands for many. */
export interface Operand {
  readonly data: ArrayLike<number>;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Computes the elements of `shape`, so many, into the row-major `out`; false if the arena has no room, and nothing was done. */
export type VectorLoop = (out: Floats, operands: readonly Operand[], shape: Shape, count: number) => boolean;
