import { select } from "../assembler/control.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { set } from "../assembler/local.ts";
import type { RowProgram } from "./row-program.ts";

/** The largest magnitude of a row; NaN if a number is: what is not a number is noted apart, maxima that keep it take five times as long. */
export const largest: RowProgram = {
  inputs: ["matrix"],
  outputs: ["column"],
  write(writer, [x], [out]) {
    const { abs, ne, pmax } = writer.lanes.format.floats;
    const best = writer.variable("best", writer.body.number(0));
    const missing = writer.variable("missing", f64x2.const(0, 0));
    writer.along((turn) => {
      const value = turn.load(x);
      writer.add(set(best, pmax(best, abs(value))), set(missing, v128.or(missing, ne(value, value))));
    });
    const parts = writer.lanes.doubles(best).map((part) => writer.keep(part));
    const pair = parts.length === 1 ? parts[0] : writer.keep(f64x2.pmax(parts[0], parts[1]));
    const result = f64x2.pmax(pair, v128.shuffle(pair, pair, [1, 0]));
    const nan = f64x2.const(Number.NaN, Number.NaN);
    writer.add(v128.store64Lane(out, select(nan, result, v128.anyTrue(missing)), 0));
  },
};
