import { block, branchIf, loop } from "../assembler/control.ts";
import { func } from "../assembler/func.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import { local, set } from "../assembler/local.ts";
import type { Local, Statement } from "../assembler/term.ts";
import type { Precision } from "../elementwise/body.ts";
import { RowWriter } from "./row-writer.ts";

/** What an operand is: [rows, columns] in the program's precision; or doubles, [rows] or [columns]. */
export type Place = "matrix" | "column" | "row";

/** What is done with each row of a matrix. */
export interface RowProgram {
  readonly inputs: readonly Place[];
  /** A row begins at zeros: what all rows have in common is added up there. */
  readonly outputs: readonly Place[];
  /** How many numbers besides, of double precision. */
  readonly numbers?: number;
  /** Writes what happens to one row; the operands are where it begins, a column's where its number is. */
  write(
    writer: RowWriter,
    inputs: readonly Local<"i32">[],
    outputs: readonly Local<"i32">[],
    numbers: readonly Local<"f64">[],
  ): void;
}

/** The loop over rows. Its parameters: how many rows and columns there are, the addresses of inputs and outputs, the numbers. */
export function writeRows({ inputs, outputs, numbers = 0, write }: RowProgram, precision: Precision) {
  const writer = new RowWriter(precision);
  const rows = local("i32", "rows");
  const ins = inputs.map(() => local("i32", "input"));
  const outs = outputs.map(() => local("i32", "output"));
  const extra = Array.from({ length: numbers }, () => local("f64", "number"));
  write(writer, ins, outs, extra);
  const steps = { matrix: writer.rowBytes, column: 8, row: 0 } as const;
  const advance = (places: readonly Place[], addresses: readonly Local<"i32">[]): Statement[] =>
    places.flatMap((place, k) =>
      place === "row" ? [] : [set(addresses[k], i32.add(addresses[k], steps[place]))],
    );
  return func({
    name: "rows",
    parameters: [rows, writer.columns, ...ins, ...outs, ...extra],
    body: [
      ...writer.prologue(),
      block((exit) => [
        branchIf(exit, i32.eqz(rows)),
        loop((again) => [
          ...writer.body.statements,
          ...advance(inputs, ins),
          ...advance(outputs, outs),
          set(rows, i32.sub(rows, 1)),
          branchIf(again, rows),
        ]),
      ]),
    ],
  });
}
