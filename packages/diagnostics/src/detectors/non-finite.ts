import { detectAnomaly, NonFiniteError, type Tensor } from "@isograd/autograd";
import type { Finding } from "../finding.ts";
import { type Batch, type Loss, type Model, type Trace, trace } from "../trace/trace.ts";

/** Whether the loss and all gradients of a pass are finite. */
export function isFinitePass({ loss, leaves }: Trace): boolean {
  return Number.isFinite(loss) && leaves.every(({ gradient }) => gradient.values().every(Number.isFinite));
}

/** Finds where a pass stopped being finite: the example in the data, or the first operation, its layer and the user's line. */
export function detectNonFinite(model: Model, batch: Batch, loss: Loss): Finding[] {
  const inData = firstBadRow(batch.inputs);
  if (inData !== null) {
    return [
      nonFinite("data", [], `example ${inData.row} of the batch holds ${inData.value}`, inData.value, {
        part: "data",
        logShare: Number.NaN,
        explanation: `the inputs hold ${inData.count} values that are not finite, the first in example ${inData.row}`,
      }),
    ];
  }
  try {
    detectAnomaly(() => trace(model, batch, loss));
  } catch (error) {
    if (!(error instanceof NonFiniteError) || error.origin === undefined) throw error;
    const { operation, direction, scope, operands, site } = error.origin;
    const where = `${direction === "forward" ? "" : "the gradient of "}${operation}${scope === "" ? "" : ` in ${scope}`}`;
    return [
      nonFinite("operation", scope === "" ? [] : [scope], `first at ${where}`, Number.NaN, {
        part: "operation",
        logShare: Number.NaN,
        explanation: `${where} was the first result that is not finite; operands: ${operands.join("; ")}${site === undefined ? "" : `; called at ${site}`}`,
      }),
    ];
  }
  return [];
}

function nonFinite(detector: string, places: readonly string[], statistic: string, value: number, cause: Finding["causes"][number]): Finding {
  return {
    detector: `nonFinite.${detector}`,
    fault: "nonFinite",
    severity: "alarm",
    places,
    measured: { statistic, value },
    band: null,
    pValue: null,
    consequence: "every parameter that this gradient reaches becomes NaN at the next step",
    causes: [cause],
    disproof: "the same batch through the same parameters with a finite loss and finite gradients",
  };
}

function firstBadRow(inputs: Tensor): { readonly row: number; readonly value: number; readonly count: number } | null {
  const values = inputs.values();
  const first = values.findIndex((value: number) => !Number.isFinite(value));
  if (first < 0) return null;
  let count = 0;
  for (const value of values) if (!Number.isFinite(value)) count++;
  return { row: Math.floor(first / (values.length / inputs.shape[0])), value: values[first], count };
}

