import * as f64 from "../assembler/instructions/f64.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Local } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { RowWriter, Turn } from "./row-writer.ts";

/** How many numbers a row has, as a number. */
export const countOf = (writer: RowWriter): Vector =>
  writer.keep(f64x2.splat(f64.convertI32U(writer.columns)), "count");

/** The numbers less the mean, in double precision. */
export function centredBy(writer: RowWriter, mean: Vector, turn: Turn, x: Local<"i32">): readonly Vector[] {
  return writer.lanes.doubles(turn.load(x)).map((part) => writer.keep(f64x2.sub(part, mean)));
}

/** Σ of the distances to a number, and of their squares. */
function distances(
  writer: RowWriter,
  from: Vector,
  x: Local<"i32">,
): { readonly total: Vector; readonly squares: Vector } {
  const [total, squares] = writer.sums(
    ["total", "squares"],
    (turn) => {
      const parts = centredBy(writer, from, turn, x);
      return [parts, parts.map((part) => f64x2.mul(part, part))];
    },
    2,
  );
  return { total, squares };
}

/** The mean of a row, and Σ (x - mean)². */
export function meanAndSquares(
  writer: RowWriter,
  x: Local<"i32">,
): { readonly mean: Vector; readonly squares: Vector } {
  const { doubles } = writer.lanes;
  const count = countOf(writer);
  if (writer.precision === "f64") {
    const total = writer.sum("total", (turn) => doubles(turn.load(x)), 2);
    const mean = writer.keep(f64x2.div(total, count), "mean");
    return { mean, squares: distances(writer, mean, x).squares };
  }
  // One pass is enough where double precision has digits to spare: from the first number, which is at most √n deviations from the mean, so
  // that log₂ n of them are lost.
  const first = writer.keep(v128.load32Splat(x));
  const origin = writer.keep(doubles(first)[0], "origin");
  const { total, squares } = distances(writer, origin, x);
  const rest = writer.keep(f64x2.div(total, count), "rest");
  const around = f64x2.max(f64x2.sub(squares, f64x2.mul(total, rest)), f64x2.const(0, 0));
  return {
    mean: writer.keep(f64x2.add(origin, rest), "mean"),
    squares: writer.keep(around, "squares"),
  };
}
