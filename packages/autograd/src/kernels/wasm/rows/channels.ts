import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import type { Local } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { meanAndSquares } from "./moments.ts";
import type { RowProgram } from "./row-program.ts";
import type { RowWriter } from "./row-writer.ts";

// Here a row is a channel of an example; what rows are normalised together is known only by who combines their numbers.

const numberOf = (writer: RowWriter, column: Local<"i32">): Vector =>
  writer.keep(v128.load64Splat(column), "number");

/** The mean of a row, and Σ (x - mean)². */
export const rowMoments: RowProgram = {
  inputs: ["matrix"],
  outputs: ["column", "column"],
  write(writer, [x], [means, squares]) {
    const moments = meanAndSquares(writer, x);
    writer.add(v128.store64Lane(means, moments.mean, 0), v128.store64Lane(squares, moments.squares, 0));
  },
};

/** (x - mean) factor + shift. */
export const scaleRows: RowProgram = {
  inputs: ["matrix", "column", "column", "column"],
  outputs: ["matrix"],
  write(writer, [x, ...columns], [out]) {
    const [mean, factor, shift] = columns.map((column) => numberOf(writer, column));
    const { doubles, fromDoubles } = writer.lanes;
    writer.along((turn) => {
      const parts = doubles(turn.load(x)).map((part) =>
        f64x2.add(f64x2.mul(f64x2.sub(part, mean), factor), shift),
      );
      turn.store(out, fromDoubles(parts));
    });
  },
};

/** Σ g and Σ g (x - mean). */
export const weighedSums: RowProgram = {
  inputs: ["matrix", "matrix", "column"],
  outputs: ["column", "column"],
  write(writer, [cotangent, x, means], [totals, weighed]) {
    const mean = numberOf(writer, means);
    const { doubles } = writer.lanes;
    const sums = writer.sums(["total", "weighed"], (turn) => {
      const numbers = doubles(turn.load(x));
      const g = doubles(turn.load(cotangent)).map((part) => writer.keep(part));
      return [g, g.map((part, k) => f64x2.mul(part, f64x2.sub(numbers[k], mean)))];
    });
    writer.add(v128.store64Lane(totals, sums[0], 0), v128.store64Lane(weighed, sums[1], 0));
  },
};

/** g factor - (x - mean) slope - shift. */
export const combineRows: RowProgram = {
  inputs: ["matrix", "matrix", "column", "column", "column", "column"],
  outputs: ["matrix"],
  write(writer, [cotangent, x, ...columns], [out]) {
    const [mean, factor, slope, shift] = columns.map((column) => numberOf(writer, column));
    const { doubles, fromDoubles } = writer.lanes;
    writer.along((turn) => {
      const numbers = doubles(turn.load(x));
      const parts = doubles(turn.load(cotangent)).map((part, k) => {
        const along = f64x2.mul(f64x2.sub(numbers[k], mean), slope);
        return f64x2.sub(f64x2.sub(f64x2.mul(part, factor), along), shift);
      });
      turn.store(out, fromDoubles(parts));
    });
  },
};
