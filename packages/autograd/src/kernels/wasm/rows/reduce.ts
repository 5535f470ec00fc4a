import { select } from "../assembler/control.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { set } from "../assembler/local.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { f64x2Format } from "../elementwise/format.ts";
import type { RowProgram } from "./row-program.ts";

/** What a row comes to, a double a row: the sum of a term for each of its numbers, taken in double precision. */
const summing = (term: (x: Vector) => Vector): RowProgram => ({
  inputs: ["matrix"],
  outputs: ["column"],
  write(writer, [x], [out]) {
    const total = writer.sum(
      "total",
      (turn) => writer.lanes.doubles(turn.load(x)).map((part) => term(writer.keep(part))),
      2,
    );
    writer.add(v128.store64Lane(out, total, 0));
  },
});

/** The largest number of a row, or the smallest; NaN if one is. */
const extreme = (better: "pmax" | "pmin", worst: number): RowProgram => ({
  inputs: ["matrix"],
  outputs: ["column"],
  write(writer, [x], [out]) {
    const { lanes, body } = writer;
    const wider = f64x2Format.floats[better];
    const { ne, [better]: choose } = lanes.format.floats;
    const best = writer.variable("best", body.number(worst));
    const missing = writer.variable("missing", f64x2.const(0, 0));
    writer.along((turn) => {
      const value = turn.load(x, worst);
      writer.add(set(best, choose(best, value)), set(missing, v128.or(missing, ne(value, value))));
    });
    const parts = lanes.doubles(best).map((part) => writer.keep(part));
    const pair = parts.length === 1 ? parts[0] : writer.keep(wider(parts[0], parts[1]));
    const result = wider(pair, v128.shuffle(pair, pair, [1, 0]));
    const nan = f64x2.const(Number.NaN, Number.NaN);
    writer.add(v128.store64Lane(out, select(nan, result, v128.anyTrue(missing)), 0));
  },
});

/** By what is done with the numbers of a row. */
export const reductions = {
  sum: /* @__PURE__ */ summing((x) => x),
  squares: /* @__PURE__ */ summing((x) => f64x2.mul(x, x)),
  max: /* @__PURE__ */ extreme("pmax", -Infinity),
  min: /* @__PURE__ */ extreme("pmin", Infinity),
} as const;

/** All rows added up. */
export const sumOfRows: RowProgram = {
  inputs: ["matrix"],
  outputs: ["row"],
  write(writer, [x], [out]) {
    writer.along((turn) => {
      const totals = turn.loadDoubles(out);
      const parts = writer.lanes.doubles(turn.load(x));
      turn.storeDoubles(
        out,
        parts.map((part, k) => f64x2.add(totals[k], part)),
      );
    });
  },
};
