import type { Vector } from "../assembler/vector-instruction.ts";
import type { Body, Precision } from "./body.ts";
import type { plainRules } from "./plain.ts";

/** How a function that costs more than its operands' way into the arena and back is computed, two numbers at a time. */
export interface CostlyRule {
  readonly emit: (body: Body, ...operands: Vector[]) => Vector;
  /** The precisions for which it is accurate enough. */
  readonly precisions: readonly Precision[];
  /** The compiler comes with the rules that make it worth while: expressions without them do without it. */
  readonly compile: VectorCompiler;
}

/** A name for the few instructions of a plain rule, which come with the compiler; or a rule of its own. */
export type VectorRule = keyof typeof plainRules | CostlyRule;

/** One value of a program: an operand by its position, a constant, or a rule applied to earlier values. */
export type Step =
  | { readonly kind: "operand"; readonly position: number }
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "apply"; readonly rule: VectorRule; readonly steps: readonly number[] };

/** A scalar expression as a list, each step behind those that it reads; the last one is the result. */
export interface Program {
  readonly arity: number;
  readonly precision: Precision;
  readonly steps: readonly Step[];
}

/** Arrays of the program's precision. */
export type Floats = Float32Array | Float64Array;

/** Where the elements of an operand lie: one behind the other, or a single one that stands for all. */
export interface Run {
  readonly data: Floats;
  readonly start: number;
  readonly isSingle: boolean;
}

/** Computes `count` elements into `out`, from `start` on; false if the arena has no room, and nothing was done. */
export type VectorLoop = (out: Floats, start: number, count: number, operands: readonly Run[]) => boolean;

/** Null where the host has no WebAssembly with vectors, or forbids to compile. */
export type VectorCompiler = (program: Program) => VectorLoop | null;
