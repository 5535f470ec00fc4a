import { readFileSync } from "node:fs";
import { fromData, type Tensor, tensor } from "@isograd/autograd";
import {
  accuracy,
  averagePrecision,
  confusionMatrix,
  fScore,
  type Metric,
  matthewsCorrelation,
  meanAbsoluteError,
  precision,
  r2Score,
  recall,
  rocAuc,
  rootMeanSquaredError,
  topAccuracy,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { startMetric } from "../../src/metrics/metric.ts";

interface Case {
  readonly outputs: number[] | number[][];
  readonly targets: number[];
  readonly scores: Readonly<Record<string, number>>;
  readonly confusion?: number[][];
}

type Average = "macro" | "weighted" | "micro" | undefined;

const metrics: Readonly<Record<string, (first: string, second: string) => Metric>> = {
  accuracy: () => accuracy,
  topAccuracy: (count) => topAccuracy(Number(count)),
  precision: (average) => precision({ average: average as Average }),
  recall: (average) => recall({ average: average as Average }),
  fScore: (average, beta = "1") => fScore({ average: average as Average, beta: Number(beta) }),
  matthewsCorrelation: () => matthewsCorrelation(),
  rocAuc: () => rocAuc(),
  averagePrecision: () => averagePrecision(),
  meanAbsoluteError: () => meanAbsoluteError,
  rootMeanSquaredError: () => rootMeanSquaredError(),
  r2Score: () => r2Score(),
};

/** By batches of three, the last one smaller. */
function inBatches(metric: Metric, outputs: Case["outputs"], targets: number[], integers: boolean): number {
  const tally = startMetric(metric);
  for (let row = 0; row < targets.length; row += 3) {
    const rows = targets.slice(row, row + 3);
    const labels: Tensor = integers
      ? fromData(Int32Array.from(rows), [rows.length])
      : tensor(rows, { dtype: "f64" });
    tally.add(tensor(outputs.slice(row, row + 3) as number[], { dtype: "f64" }), labels);
  }
  return tally.value();
}

const cases: Case[] = JSON.parse(readFileSync(new URL("../reference/metrics.json", import.meta.url), "utf8"));

describe.each(cases.map((one, k) => ({ ...one, k })))(
  "scikit-learn, case $k",
  ({ outputs, targets, scores, confusion }) => {
    it.each(Object.entries(scores))("%s", (name, score) => {
      const [metric, first, second] = name.split(" ");
      const found = inBatches(metrics[metric](first, second), outputs, targets, confusion !== undefined);
      expect(found).toBeCloseTo(score, 9);
    });

    if (confusion === undefined) return;
    it("confusion", () => {
      const labels = fromData(Int32Array.from(targets), [targets.length]);
      expect(confusionMatrix(tensor(outputs as number[]), labels).toArray()).toEqual(confusion);
    });
  },
);
