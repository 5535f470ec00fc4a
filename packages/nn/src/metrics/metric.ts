import { ArgumentError, type Tensor } from "@isograd/autograd";

/** A number that says how good the outputs of a batch are; averaged over batches by their number of rows. */
export type BatchMetric = (outputs: Tensor, targets: Tensor) => number;

/** A number about all rows that no mean over batches gives. */
export interface TotalMetric {
  /** Begins a new count. */
  start(): Tally;
}

/** A metric on its way through the data. */
export interface Tally {
  /** Takes in one more batch. */
  add(outputs: Tensor, targets: Tensor): void;
  /** What it is for all rows so far; NaN where they do not say. */
  value(): number;
}

/** A number that says how good outputs are. */
export type Metric = BatchMetric | TotalMetric;

/** Begins to count any metric. */
export function startMetric(metric: Metric): Tally {
  return typeof metric === "function" ? new WeightedMean(metric) : metric.start();
}

class WeightedMean implements Tally {
  #total = 0;
  #rows = 0;

  constructor(readonly metric: BatchMetric) {}

  add(outputs: Tensor, targets: Tensor): void {
    const rows = targets.shape[0] ?? 1;
    const value = this.metric(outputs, targets);
    if (typeof value !== "number")
      throw new ArgumentError(
        "evaluate",
        "expected a metric that gives a number (one like `r2Score()` has to be called)",
        value,
      );
    this.#total += rows * value;
    this.#rows += rows;
  }

  value(): number {
    return this.#total / this.#rows;
  }
}
