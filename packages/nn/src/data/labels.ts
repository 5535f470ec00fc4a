import { ArgumentError, ShapeError, Tensor } from "@isograd/autograd";

/** What names a class: text, a number, a truth value. */
export type Label = string | number | boolean;

/** One label a row: a list of any sort, or a tensor [rows]. */
export type Labels<L extends Label = Label> = ArrayLike<L> | Tensor;

/** The labels as a list. @throws ShapeError unless a tensor has one axis */
export function labelList<L extends Label>(operation: string, labels: Labels<L>): ArrayLike<L> {
  if (!(labels instanceof Tensor)) return labels;
  if (labels.rank !== 1) throw new ShapeError(operation, [labels.shape], "expected labels [rows]");
  return labels.values() as ArrayLike<number> as ArrayLike<L>;
}

export interface LabelChecks {
  /** How many classes there are: labels go from 0 to one less. */
  readonly classes?: number;
  /** How many rows the labels are for. */
  readonly rows?: number;
  /** The labels that a model is trained on: others it has never seen. */
  readonly trainedOn?: Labels<number>;
  /** A label that stands for "no answer" and is let pass, as `crossEntropy` ignores it. */
  readonly ignoreIndex?: number;
}

/**
 * Checks that labels are what losses and metrics take: whole numbers from 0 on, one a row.
 *
 * @param labels tensor [rows] or numbers
 * @throws ArgumentError naming row and value of the first label that is no whole number, out of range or not among those trained on; ShapeError if
 *   there are more or fewer than rows
 * @example
 * checkLabels([0, 2, 1], { classes: 3, rows: 3 });
 * checkLabels([0, 3, 1], { classes: 3 }); // throws ArgumentError
 */
export function checkLabels(labels: Labels<number>, checks: LabelChecks = {}): void {
  const { classes = Number.POSITIVE_INFINITY, rows, trainedOn, ignoreIndex } = checks;
  const list = labelList("checkLabels", labels);
  if (rows !== undefined && list.length !== rows)
    throw new ShapeError("checkLabels", [[list.length], [rows]], "expected as many labels as rows");
  const known = trainedOn && new Set(Array.from(labelList("checkLabels", trainedOn)));
  for (let row = 0; row < list.length; row++) {
    const label = list[row];
    if (label === ignoreIndex) continue;
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new ArgumentError(
        "checkLabels",
        `expected a whole number from 0 ${Number.isFinite(classes) ? `to ${classes - 1}` : "on"} in row ${row}`,
        label,
      );
    if (known && !known.has(label))
      throw new ArgumentError("checkLabels", `expected a class that was trained on in row ${row}`, label);
  }
}
