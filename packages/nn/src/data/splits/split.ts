import { ArgumentError, type Generator } from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import type { Batch, Dataset } from "../dataset.ts";
import type { Labels } from "../labels.ts";
import type { RowDataset, Rows } from "../rows.ts";
import { type AnyData, countRows, subset } from "../subset.ts";
import { dealGroups } from "./groups.ts";
import { partSizes, type SplitPart } from "./part-sizes.ts";
import { dealStrata, strataOf } from "./strata.ts";

export interface SplitOptions {
  /** Whether rows are drawn at random (default), or go into the parts in their order. */
  readonly shuffle?: boolean;
  /** One label a row: each part has its share of each class. */
  readonly stratify?: Labels;
  /** One name of a group a row: all rows of a group go into one part, and sizes are met as nearly as groups allow. */
  readonly groups?: Labels;
  /** Draws. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/**
 * Divides rows into parts: the places of the rows of each, every row in one part.
 *
 * @param data  a dataset, or a number of rows
 * @param parts by name, a share of all rows, a number of rows, or "rest"
 * @throws ArgumentError unless the parts are all rows and none is empty, or if a class to be divided has one row only; ShapeError unless labels
 *   are as many as rows
 * @see torch.utils.data.random_split; sklearn.model_selection.train_test_split
 * @example
 * const { train, test } = splitRows(10, { train: 0.8, test: 0.2 });
 * [train.length, test.length]; // [8, 2]
 */
export function splitRows<const Parts extends Readonly<Record<string, SplitPart>>>(
  data: AnyData | number,
  parts: Parts,
  options: SplitOptions = {},
): { readonly [Name in keyof Parts]: Int32Array } {
  const { shuffle = true, stratify, groups } = options;
  const count = typeof data === "number" ? data : countRows("splitRows", data);
  const sizes = partSizes("splitRows", count, parts);
  const generator = shuffle ? (options.generator ?? nextGenerator()) : null;
  const dealt = deal(count, sizes, generator, stratify, groups);
  const entries = Object.keys(parts).map((name, k) => {
    const rows = Int32Array.from(dealt[k]);
    // Neither class by class nor group by group.
    return [
      name,
      generator === null ? rows.sort() : generator.permutation(rows.length).map((place) => rows[place]),
    ];
  });
  return Object.fromEntries(entries);
}

function deal(
  count: number,
  sizes: readonly number[],
  generator: Generator | null,
  stratify: Labels | undefined,
  groups: Labels | undefined,
): readonly ArrayLike<number>[] {
  if (groups !== undefined && stratify !== undefined)
    throw new ArgumentError("splitRows", "expected either groups or stratify", "both");
  if (groups !== undefined) return dealGroups("splitRows", groups, sizes, generator);
  if (stratify !== undefined) {
    const { classes, rows } = strataOf("splitRows", stratify, count, generator);
    const single = rows.findIndex((own) => own.length === 1);
    if (single >= 0 && sizes.length > 1)
      throw new ArgumentError(
        "splitRows",
        "expected at least two rows of each class to stratify by, there is one of class",
        classes.names[single],
      );
    return dealStrata(rows, sizes);
  }
  const order = generator?.permutation(count) ?? Int32Array.from({ length: count }, (_, row) => row);
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return order.subarray(end - size, end);
  });
}

/**
 * Divides a dataset into parts, every row in one.
 *
 * @param parts by name, a share of all rows, a number of rows, or "rest"
 * @throws what `splitRows` throws
 * @see torch.utils.data.random_split; sklearn.model_selection.train_test_split
 * @example
 * const labels = ["a", "b", "a", "b", "a", "b", "a", "b"];
 * const data = { inputs: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) };
 * const { train, test } = splitDataset(data, { train: "rest", test: 2 }, { stratify: labels });
 * train.inputs.shape; // [6]
 */
export function splitDataset<D extends Dataset, const Parts extends Readonly<Record<string, SplitPart>>>(
  data: D,
  parts: Parts,
  options?: SplitOptions,
): { readonly [Name in keyof Parts]: Batch<D> };
export function splitDataset<Row, const Parts extends Readonly<Record<string, SplitPart>>>(
  data: Rows<Row>,
  parts: Parts,
  options?: SplitOptions,
): { readonly [Name in keyof Parts]: RowDataset<Row> };
export function splitDataset(
  data: AnyData,
  parts: Readonly<Record<string, SplitPart>>,
  options: SplitOptions = {},
): Record<string, unknown> {
  const rows = splitRows(data, parts, options);
  return Object.fromEntries(
    Object.entries(rows).map(([name, places]) => [name, subset(data as Dataset, places)]),
  );
}
