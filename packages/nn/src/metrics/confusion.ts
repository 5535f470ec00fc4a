import { ArgumentError, fromData, type Tensor } from "@isograd/autograd";
import { classPairs, type ThresholdOptions } from "./classes.ts";
import type { Tally, TotalMetric } from "./metric.ts";

/** What one number is made of the numbers of the classes. */
export interface AverageOptions extends ThresholdOptions {
  /**
   * `macro`: the mean over the classes that occur, each counting the same (default with more than two classes); `weighted`: by how many rows they have;
   * `micro`: of all rows together; a number: of that class alone (default with two classes: 1).
   */
  readonly average?: "macro" | "weighted" | "micro" | number;
}

/** How one class fared. */
interface ClassCounts {
  /** Rows of this class that were predicted so. */
  readonly right: number;
  readonly predicted: number;
  readonly actual: number;
}

/**
 * How many rows of each class were predicted as which: [classes, classes], actual by predicted.
 *
 * @param outputs [batch, classes]: logits or probabilities, of which the largest counts; or [batch], of which those from the threshold on mean class 1
 * @param targets class labels [batch] (`i32`), or probabilities [batch, classes]
 * @throws ShapeError if they do not fit; ArgumentError if the batch is empty, or a label is none of the classes
 * @see sklearn.metrics.confusion_matrix
 * @example
 * confusionMatrix(tensor([-1, 2, 3]), tensor([0, 0, 1], { dtype: "i32" })); // [[1, 1], [0, 1]]
 */
export function confusionMatrix(outputs: Tensor, targets: Tensor, options: ThresholdOptions = {}): Tensor {
  const counts = new Confusion("confusionMatrix", options, () => Number.NaN);
  counts.add(outputs, targets);
  return fromData(Int32Array.from(counts.matrix), [counts.classes, counts.classes]);
}

/**
 * Of the rows predicted as a class, the share that are of it; 0 where none is predicted so.
 *
 * @throws as `confusionMatrix` where it is counted; ArgumentError if there is no such class
 * @see sklearn.metrics.precision_score
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2, 3]), targets: tensor([0, 1, 1]) }], { share: precision() }); // { share: 0.6667 }
 */
export function precision(options: AverageOptions = {}): TotalMetric {
  return averaged("precision", options, ({ right, predicted }) => share(right, predicted));
}

/**
 * Of the rows of a class, the share that are predicted so; 0 where there is none.
 *
 * @throws as `confusionMatrix` where it is counted; ArgumentError if there is no such class
 * @see sklearn.metrics.recall_score
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2, -3]), targets: tensor([0, 1, 1]) }], { share: recall() }); // { share: 0.5 }
 */
export function recall(options: AverageOptions = {}): TotalMetric {
  return averaged("recall", options, ({ right, actual }) => share(right, actual));
}

/**
 * The weighted harmonic mean of precision and recall.
 *
 * @param options beta: how many times as much recall counts as precision; default 1
 * @throws as `confusionMatrix` where it is counted; ArgumentError if there is no such class, or beta is not positive
 * @see sklearn.metrics.fbeta_score
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([1, 2, 3]), targets: tensor([0, 1, 1]) }], { f: fScore() }); // { f: 0.8 }
 */
export function fScore({
  beta = 1,
  ...options
}: AverageOptions & { readonly beta?: number } = {}): TotalMetric {
  if (!(beta > 0 && beta < Number.POSITIVE_INFINITY))
    throw new ArgumentError("fScore", "expected a positive beta", beta);
  return averaged("fScore", options, ({ right, predicted, actual }) =>
    share((1 + beta ** 2) * right, beta ** 2 * actual + predicted),
  );
}

/**
 * Matthews' correlation of predicted and actual classes: 1 all right, 0 no better than chance; 0 where only one class occurs on either side.
 *
 * @throws as `confusionMatrix` where it is counted
 * @see Gorodkin 2004, "Comparing two K-category assignments by a K-category correlation coefficient"; sklearn.metrics.matthews_corrcoef
 * @example
 * await evaluate((x: Tensor) => x, [{ inputs: tensor([-1, 2, 3]), targets: tensor([0, 1, 1]) }], { r: matthewsCorrelation() }); // { r: 1 }
 */
export function matthewsCorrelation(options: ThresholdOptions = {}): TotalMetric {
  return {
    start: () =>
      new Confusion("matthewsCorrelation", options, (classes) => {
        const rows = total(classes.map(({ actual }) => actual));
        const right = total(classes.map((counts) => counts.right));
        const product = (a: Side, b: Side): number => total(classes.map((counts) => counts[a] * counts[b]));
        const spread = (side: Side): number => rows ** 2 - product(side, side);
        const scale = Math.sqrt(spread("predicted") * spread("actual"));
        return share(right * rows - product("predicted", "actual"), scale);
      }),
  };
}

type Side = "predicted" | "actual";

function averaged(
  operation: string,
  { average, ...options }: AverageOptions,
  score: (counts: ClassCounts) => number,
): TotalMetric {
  const overall = (classes: readonly ClassCounts[]): number => {
    const way = average ?? (classes.length === 2 ? 1 : "macro");
    if (typeof way === "number") {
      const counts = classes[way];
      if (counts === undefined)
        throw new ArgumentError(operation, `expected one of the classes 0 to ${classes.length - 1}`, way);
      return score(counts);
    }
    const sumOf = (key: keyof ClassCounts): number => total(classes.map((counts) => counts[key]));
    if (way === "micro")
      return score({ right: sumOf("right"), predicted: sumOf("predicted"), actual: sumOf("actual") });
    const weights = classes.map(({ predicted, actual }) =>
      way === "weighted" ? actual : predicted + actual > 0 ? 1 : 0,
    );
    return total(classes.map((counts, k) => weights[k] * score(counts))) / total(weights);
  };
  return { start: () => new Confusion(operation, options, overall) };
}

/** Counts rows by actual and predicted class. */
class Confusion implements Tally {
  /** Row-major: actual by predicted. */
  matrix: number[] = [];
  classes = 0;

  constructor(
    readonly operation: string,
    readonly options: ThresholdOptions,
    readonly summary: (classes: readonly ClassCounts[]) => number,
  ) {}

  add(outputs: Tensor, targets: Tensor): void {
    const { predicted, actual, classes } = classPairs(this.operation, outputs, targets, this.options);
    if (this.classes === 0) {
      this.classes = classes;
      this.matrix = new Array<number>(classes * classes).fill(0);
    }
    if (this.classes !== classes)
      throw new ArgumentError(
        this.operation,
        `expected ${this.classes} classes as in batches before`,
        classes,
      );
    for (let row = 0; row < predicted.length; row++) this.matrix[actual[row] * classes + predicted[row]]++;
  }

  value(): number {
    const { matrix, classes } = this;
    const each = Array.from({ length: classes }, (_, k) => k);
    const counts = each.map((own) => ({
      right: matrix[own * classes + own],
      predicted: total(each.map((other) => matrix[other * classes + own])),
      actual: total(each.map((other) => matrix[own * classes + other])),
    }));
    return classes === 0 ? Number.NaN : this.summary(counts);
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0);
const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);
