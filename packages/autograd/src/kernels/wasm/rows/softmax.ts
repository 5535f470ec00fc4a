import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { set } from "../assembler/local.ts";
import type { Local } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { exp, nothingLeft } from "../elementwise/exponential.ts";
import { log } from "../elementwise/logarithmic.ts";
import type { RowProgram } from "./row-program.ts";
import type { RowWriter } from "./row-writer.ts";

/** eˣ. Where nothing is left of it, as where a mask hides, a product that came to it would take many times as long as others. */
function exponential(writer: RowWriter, x: Vector): Vector {
  const { body } = writer;
  const exponent = writer.keep(x);
  const gone = writer.keep(body.format.floats.lt(exponent, body.number(nothingLeft(body))), "gone");
  return writer.keep(v128.andnot(exp(body, writer.keep(v128.andnot(exponent, gone))), gone), "power");
}

/** The largest number of the row, NaN left out, in all lanes; 0 where that is infinite: subtracting it must not make NaN of infinities. */
function shiftOf(writer: RowWriter, x: Local<"i32">): Vector {
  const { eq, pmax, sub } = writer.lanes.format.floats;
  const [best, other] = [0, 1].map(() => writer.variable("largest", writer.body.number(-Infinity)));
  writer.along((turn, which) => {
    const largest = which === 0 ? best : other;
    writer.add(set(largest, pmax(largest, turn.load(x, -Infinity))));
  }, 2);
  writer.add(set(best, pmax(best, other)));
  let all = writer.keep(pmax(best, v128.shuffle(best, best, [1, 0])));
  if (writer.precision === "f32") all = writer.keep(pmax(all, v128.shuffle(all, all, [1, 0, 3, 2])));
  return writer.keep(v128.and(all, eq(sub(all, all), writer.body.number(0))), "shift");
}

/** Σ exp(x - shift), its terms shown to `visit`; in double precision. */
function totalOf(
  writer: RowWriter,
  x: Local<"i32">,
  shift: Vector,
  visit: (power: Vector, store: (row: Local<"i32">, value: Vector) => void) => void = () => {},
): Vector {
  const { doubles, format } = writer.lanes;
  const { sub } = format.floats;
  return writer.sum("total", (turn) => {
    const power = exponential(writer, sub(turn.load(x, -Infinity), shift));
    visit(power, turn.store);
    return doubles(power);
  });
}

const logarithm = (writer: RowWriter, x: Vector): Vector => writer.inDoubles((body) => log(body, x));

/** exp(x)/Σ exp(x). */
export const softmax: RowProgram = {
  inputs: ["matrix"],
  outputs: ["matrix"],
  write(writer, [x], [out]) {
    const { lanes, precision } = writer;
    const total = totalOf(writer, x, shiftOf(writer, x), (power, store) => store(out, power));
    const reciprocal = writer.keep(f64x2.div(f64x2.const(1, 1), total));
    // The product lacks half a unit of double precision: nothing to f32.
    const share = (part: Vector): Vector =>
      precision === "f32" ? f64x2.mul(part, reciprocal) : f64x2.div(part, total);
    writer.along((turn) => turn.store(out, lanes.fromDoubles(lanes.doubles(turn.load(out)).map(share))));
  },
};

/** x - log Σ exp(x). */
export const logSoftmax: RowProgram = {
  inputs: ["matrix"],
  outputs: ["matrix"],
  write(writer, [x], [out]) {
    const { lanes } = writer;
    const shift = shiftOf(writer, x);
    const logTotal = logarithm(writer, totalOf(writer, x, shift));
    const wideShift = writer.keep(lanes.doubles(shift)[0]);
    const below = (part: Vector): Vector => f64x2.sub(f64x2.sub(part, wideShift), logTotal);
    writer.along((turn) => turn.store(out, lanes.fromDoubles(lanes.doubles(turn.load(x)).map(below))));
  },
};

/** What is subtracted from a row, and Σ exp(x) of what is left: two doubles a row. */
export const sumExp: RowProgram = {
  inputs: ["matrix"],
  outputs: ["column", "column"],
  write(writer, [x], [shifts, totals]) {
    const shift = shiftOf(writer, x);
    const total = totalOf(writer, x, shift);
    writer.add(
      v128.store64Lane(shifts, writer.lanes.doubles(shift)[0], 0),
      v128.store64Lane(totals, total, 0),
    );
  },
};

/** y (g - Σ g y): the pullback of softmax, of which y is the result. */
export const softmaxPullback: RowProgram = {
  inputs: ["matrix", "matrix"],
  outputs: ["matrix"],
  write(writer, [g, y], [out]) {
    const { doubles, fromDoubles } = writer.lanes;
    const total = writer.sum("total", (turn) => {
      const shares = doubles(turn.load(y));
      return doubles(turn.load(g)).map((part, k) => f64x2.mul(part, shares[k]));
    });
    writer.along((turn) => {
      const shares = doubles(turn.load(y));
      const parts = doubles(turn.load(g)).map((part, k) => f64x2.mul(shares[k], f64x2.sub(part, total)));
      turn.store(out, fromDoubles(parts));
    });
  },
};

/** g - exp(y) Σ g: the pullback of log-softmax, of which y is the result. */
export const logSoftmaxPullback: RowProgram = {
  inputs: ["matrix", "matrix"],
  outputs: ["matrix"],
  write(writer, [g, y], [out]) {
    const { doubles, fromDoubles } = writer.lanes;
    const total = writer.sum("total", (turn) => doubles(turn.load(g)));
    writer.along((turn) => {
      const shares = doubles(exponential(writer, turn.load(y)));
      const parts = doubles(turn.load(g)).map((part, k) => f64x2.sub(part, f64x2.mul(shares[k], total)));
      turn.store(out, fromDoubles(parts));
    });
  },
};

/** f exp(x - shift), for two doubles a row. */
export const timesExp: RowProgram = {
  inputs: ["matrix", "column", "column"],
  outputs: ["matrix"],
  write(writer, [x, shifts, factors], [out]) {
    const { mul, sub } = writer.lanes.format.floats;
    const ofRow = (column: Local<"i32">): Vector => {
      const pair = writer.keep(v128.load64Splat(column));
      return writer.keep(writer.lanes.fromDoubles([pair, pair]));
    };
    const [shift, factor] = [ofRow(shifts), ofRow(factors)];
    writer.along((turn) => {
      turn.store(out, mul(factor, exponential(writer, sub(turn.load(x), shift))));
    });
  },
};
