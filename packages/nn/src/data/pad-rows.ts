import { ArgumentError, fromData, type Tensor } from "@isograd/autograd";
import { type PadSequenceOptions, padSequence } from "../layers/recurrent/pad-sequence.ts";
import { fieldTensors, namesOf, type Stacked, type StackOptions, stackRows } from "./collate.ts";

export interface PadOptions<Name extends PropertyKey = string>
  extends PadSequenceOptions,
    StackOptions<Name> {}

/** A batch with sequences padded, and their lengths under names of their own. */
export type Padded<Row, Lengths> = Stacked<Row> & {
  readonly [Name in Lengths[keyof Lengths] & string]: Tensor;
};

/**
 * Lays rows on top of each other, with sequences [length, ...] of several lengths padded to the longest.
 *
 * Padded columns are [time, rows, ...] as recurrent layers take them, or [rows, time, ...] with `batchFirst`, as attention does; the lengths,
 * `i32` [rows], are what recurrent layers and `paddingMask` take.
 *
 * @param lengths which columns are sequences, and under which name their lengths are put
 * @returns what to pass as `collate`
 * @throws when called: ArgumentError if a name of lengths is also that of a column; what `stackRows` and `padSequence` throw
 * @see torch.nn.utils.rnn.pad_sequence
 * @example
 * const collate = padRows({ inputs: "lengths" }, { batchFirst: true });
 * const rows = [{ inputs: [1, 2, 3], targets: 0 }, { inputs: [4], targets: 1 }];
 * collate(rows).inputs; // [[1, 2, 3], [4, 0, 0]]
 * collate(rows).lengths; // [3, 1]
 */
export function padRows<const Lengths extends Readonly<Record<string, string>>>(
  lengths: Lengths,
  options: PadOptions = {},
): <Row extends { readonly [Name in keyof Lengths]: unknown }>(rows: readonly Row[]) => Padded<Row, Lengths> {
  return <Row extends { readonly [Name in keyof Lengths]: unknown }>(rows: readonly Row[]) => {
    const names = namesOf("padRows", rows);
    const padded: Record<string, Tensor> = {};
    for (const [name, lengthName] of Object.entries(lengths)) {
      if (names.includes(lengthName as keyof Row) || lengthName in padded)
        throw new ArgumentError("padRows", "expected a name for lengths that no column has", lengthName);
      const sequences = fieldTensors("padRows", rows, name as keyof Row, options.dtypes?.[name]);
      padded[name] = padSequence(sequences, options);
      padded[lengthName] = fromData(
        Int32Array.from(sequences, ({ shape }) => shape[0]),
        [rows.length],
      );
    }
    const others = names.filter((name) => !(name in lengths));
    if (others.length > 0) {
      const rest = rows.map((row) => Object.fromEntries(others.map((name) => [name, row[name]])));
      Object.assign(padded, stackRows(rest, options));
    }
    return padded as Padded<Row, Lengths>;
  };
}
