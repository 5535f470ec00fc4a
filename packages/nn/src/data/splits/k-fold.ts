import { ArgumentError, type Generator } from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import type { Labels } from "../labels.ts";
import { type AnyData, countRows } from "../subset.ts";
import { dealGroups } from "./groups.ts";
import type { SplitOptions } from "./split.ts";
import { strataOf } from "./strata.ts";

export interface FoldOptions extends Omit<SplitOptions, "shuffle"> {
  /** How many parts take turns as test data; default 5. */
  readonly folds?: number;
  /** Whether rows are drawn at random; default false. */
  readonly shuffle?: boolean;
}

/** The places of rows, ascending. */
export interface FoldRows {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/**
 * Divides rows for cross-validation: each row is in the test data of one fold, and in the training data of all others.
 *
 * Folds differ by one row at most in size, and with `stratify` in the rows of each class. With `groups` all rows of a group are in one fold.
 *
 * @param data a dataset, or a number of rows
 * @throws ArgumentError unless folds is a whole number from 2 to the number of rows, of rows of each class, or of groups; ShapeError unless labels
 *   are as many as rows
 * @see sklearn.model_selection.KFold, StratifiedKFold, GroupKFold
 * @example
 * kFold(4, { folds: 2 }).map(({ test }) => [...test]); // [[0, 1], [2, 3]]
 */
export function kFold(data: AnyData | number, options: FoldOptions = {}): FoldRows[] {
  const { folds = 5, shuffle = false, stratify, groups } = options;
  const count = typeof data === "number" ? data : countRows("kFold", data);
  if (!Number.isInteger(folds) || folds < 2 || folds > count)
    throw new ArgumentError("kFold", `expected folds to be a whole number from 2 to ${count}`, folds);
  const generator = shuffle ? (options.generator ?? nextGenerator()) : null;
  const foldOf = new Int32Array(count);
  deal(count, folds, generator, stratify, groups).forEach((rows, fold) => {
    for (const row of rows) foldOf[row] = fold;
  });
  const all = Int32Array.from(foldOf.keys());
  return Array.from({ length: folds }, (_, fold) => ({
    train: all.filter((row) => foldOf[row] !== fold),
    test: all.filter((row) => foldOf[row] === fold),
  }));
}

function deal(
  count: number,
  folds: number,
  generator: Generator | null,
  stratify: Labels | undefined,
  groups: Labels | undefined,
): readonly Iterable<number>[] {
  if (groups !== undefined && stratify !== undefined)
    throw new ArgumentError("kFold", "expected either groups or stratify", "both");
  const sizes = Array.from({ length: folds }, (_, k) => Math.floor((count + folds - 1 - k) / folds));
  if (groups !== undefined) return dealGroups("kFold", groups, sizes, generator);
  if (stratify !== undefined) {
    const { classes, rows } = strataOf("kFold", stratify, count, generator);
    const rare = rows.findIndex((own) => own.length < folds);
    if (rare >= 0)
      throw new ArgumentError(
        "kFold",
        `expected at least ${folds} rows of class ${JSON.stringify(classes.names[rare])}, one for each fold`,
        rows[rare].length,
      );
    // Class behind class, dealt out like cards.
    const dealt = sizes.map((): number[] => []);
    for (const [place, row] of rows.flatMap((own) => [...own]).entries()) dealt[place % folds].push(row);
    return dealt;
  }
  const order = generator?.permutation(count) ?? Int32Array.from({ length: count }, (_, row) => row);
  let end = 0;
  return sizes.map((size) => {
    end += size;
    return order.subarray(end - size, end);
  });
}
