import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Local } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { centredBy, countOf, meanAndSquares } from "./moments.ts";
import type { RowProgram } from "./row-program.ts";
import type { RowWriter, Turn } from "./row-writer.ts";

// Each is made twice: with the mean subtracted, and without it, where the mean square takes the place of the variance.

interface Moments {
  readonly mean: Vector;
  readonly variance: Vector;
  /** 1/√(variance + eps). */
  readonly rstd: Vector;
}

function momentsOf(writer: RowWriter, x: Local<"i32">, centred: boolean, eps: Local<"f64">): Moments {
  const { mean, squares } = centred ? meanAndSquares(writer, x) : aroundZero(writer, x);
  const variance = writer.keep(f64x2.div(squares, countOf(writer)), "variance");
  const root = f64x2.sqrt(f64x2.add(variance, f64x2.splat(eps)));
  return { mean, variance, rstd: writer.keep(f64x2.div(f64x2.const(1, 1), root), "rstd") };
}

function aroundZero(writer: RowWriter, x: Local<"i32">): { mean: Vector; squares: Vector } {
  const mean = writer.keep(f64x2.const(0, 0), "mean");
  const squaresAt = (turn: Turn): Vector[] =>
    centredBy(writer, mean, turn, x).map((part) => f64x2.mul(part, part));
  return { mean, squares: writer.sum("squares", squaresAt, 2) };
}

/** r (g - mean g - v mean(g v)): the pullback of v = (x - mean) r. */
function pullBack(
  writer: RowWriter,
  centred: boolean,
  rstd: Vector,
  operands: (turn: Turn) => { g: readonly Vector[]; v: readonly Vector[] },
  out: Local<"i32">,
): void {
  const count = countOf(writer);
  const [total, weighed] = writer.sums(["total", "weighed"], (turn) => {
    const { g, v } = operands(turn);
    return [g, g.map((part, k) => f64x2.mul(part, v[k]))];
  });
  const mean = centred ? writer.keep(f64x2.div(total, count)) : f64x2.const(0, 0);
  const slope = writer.keep(f64x2.div(weighed, count));
  writer.along((turn) => {
    const { g, v } = operands(turn);
    const parts = g.map((part, k) => f64x2.sub(f64x2.sub(part, mean), f64x2.mul(v[k], slope)));
    turn.store(out, writer.lanes.fromDoubles(parts.map((part) => f64x2.mul(rstd, part))));
  });
}

/** (x - mean)/√(variance + eps), and what was computed on the way: a number eps. */
export const standardize = (centred: boolean): RowProgram => ({
  inputs: ["matrix"],
  outputs: ["matrix", "column", "column", "column"],
  numbers: 1,
  write(writer, [x], [out, ...statistics], [eps]) {
    const { mean, variance, rstd } = momentsOf(writer, x, centred, eps);
    writer.along((turn) => {
      const parts = centredBy(writer, mean, turn, x).map((part) => f64x2.mul(part, rstd));
      turn.store(out, writer.lanes.fromDoubles(parts));
    });
    writer.add(...[mean, variance, rstd].map((value, k) => v128.store64Lane(statistics[k], value, 0)));
  },
});

/** The pullback, from the cotangent, what came out, and 1/√(variance + eps). */
export const standardizePullback = (centred: boolean): RowProgram => ({
  inputs: ["matrix", "matrix", "column"],
  outputs: ["matrix"],
  write(writer, [cotangent, value, scale], [out]) {
    const rstd = writer.keep(v128.load64Splat(scale), "rstd");
    const { doubles } = writer.lanes;
    const wide = (x: Vector): Vector[] => doubles(x).map((part) => writer.keep(part));
    const operands = (turn: Turn) => ({ g: wide(turn.load(cotangent)), v: wide(turn.load(value)) });
    pullBack(writer, centred, rstd, operands, out);
  },
});

/** What standardizing gives, times a weight, plus a bias: rows that all have in common. */
export const normalize = (centred: boolean): RowProgram => ({
  inputs: ["matrix", "row", "row"],
  outputs: ["matrix"],
  numbers: 1,
  write(writer, [x, weight, bias], [out], [eps]) {
    const { mean, rstd } = momentsOf(writer, x, centred, eps);
    writer.along((turn) => {
      const [weights, biases] = [turn.loadDoubles(weight), turn.loadDoubles(bias)];
      const parts = centredBy(writer, mean, turn, x).map((part, k) =>
        f64x2.add(f64x2.mul(f64x2.mul(part, rstd), weights[k]), biases[k]),
      );
      turn.store(out, writer.lanes.fromDoubles(parts));
    });
  },
});

/** Its pullback to x, from the cotangent and x. */
export const normalizePullback = (centred: boolean): RowProgram => ({
  inputs: ["matrix", "matrix", "row"],
  outputs: ["matrix"],
  numbers: 1,
  write(writer, [cotangent, x, weight], [out], [eps]) {
    const { mean, rstd } = momentsOf(writer, x, centred, eps);
    const operands = (turn: Turn) => {
      const weights = turn.loadDoubles(weight);
      const g = writer.lanes
        .doubles(turn.load(cotangent))
        .map((part, k) => writer.keep(f64x2.mul(part, weights[k])));
      const v = centredBy(writer, mean, turn, x).map((part) => writer.keep(f64x2.mul(part, rstd)));
      return { g, v };
    };
    pullBack(writer, centred, rstd, operands, out);
  },
});

/** Its pullback to the weight: the sum of cotangents times what standardizing gives. */
export const weightPullback = (centred: boolean): RowProgram => ({
  inputs: ["matrix", "matrix"],
  outputs: ["row"],
  numbers: 1,
  write(writer, [cotangent, x], [out], [eps]) {
    const { mean, rstd } = momentsOf(writer, x, centred, eps);
    writer.along((turn) => {
      const totals = turn.loadDoubles(out);
      const g = writer.lanes.doubles(turn.load(cotangent));
      const parts = centredBy(writer, mean, turn, x).map((part, k) =>
        f64x2.add(totals[k], f64x2.mul(g[k], f64x2.mul(part, rstd))),
      );
      turn.storeDoubles(out, parts);
    });
  },
});
