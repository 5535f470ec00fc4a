import { detectAnomaly, NonFiniteError, type NonFiniteOrigin, type Tensor } from "@isograd/autograd";
import type { Cause, Finding } from "../finding.ts";
import type { ActivationUse } from "../trace/network.ts";
import { type Subject, type Trace, trace } from "../trace/trace.ts";

/** Whether the loss and all gradients of a pass are finite. */
export function isFinitePass({ loss, leaves }: Pick<Trace, "loss" | "leaves">): boolean {
  return Number.isFinite(loss) && leaves.every(({ gradient }) => firstBad(gradient) === null);
}

/**
 * Finds where a pass stopped being finite: an example of the data, a parameter, or the first operation, its layer and the user's line.
 *
 * @param traced the pass that was not finite
 */
export function detectNonFinite(subject: Subject, traced: Trace): Finding[] {
  const { inputs, targets } = subject.batch;
  return [
    inData("inputs", inputs) ??
      inData("targets", targets) ??
      inParameters(traced) ??
      findOperation(() => trace(subject), traced.activations) ??
      nowhere(traced),
  ];
}

function inData(what: string, data: Tensor): Finding | null {
  const bad = firstBad(data);
  if (bad === null) return null;
  const row = data.rank === 0 ? 0 : Math.floor(bad.at / (data.size / data.shape[0]));
  const where = what === "inputs" ? `example ${row} of the batch` : `target ${row} of the batch`;
  return nonFinite("data", [], `${where} holds ${bad.value}`, {
    part: "data",
    explanation: `the ${what} hold ${countOf(bad)} not finite, the first in row ${row}`,
  });
}

function inParameters({ leaves, contractions }: Trace): Finding | null {
  for (const { tensor } of leaves) {
    const bad = firstBad(tensor);
    if (bad === null) continue;
    const user = contractions.find(({ weightSource, bias }) => weightSource === tensor || bias === tensor);
    const role = user === undefined ? "a parameter" : user.bias === tensor ? "a bias" : "a weight";
    const place = user === undefined ? "" : ` of ${user.place}`;
    return nonFinite("parameter", user === undefined ? [] : [user.place], `${role}${place} is ${bad.value}`, {
      part: "weights",
      explanation: `a parameter of shape [${tensor.shape.join(", ")}]${place} holds ${countOf(bad)} not finite: an earlier step left that there`,
    });
  }
  return null;
}

/**
 * Runs a pass again in anomaly mode: the first operation that is not finite, forward or backward, or null where none is.
 *
 * @param activations those of the pass: one that is not finite is named as such
 */
export function findOperation(
  pass: () => unknown,
  activations: readonly Pick<ActivationUse, "activation">[] = [],
): Finding | null {
  try {
    detectAnomaly(pass);
    return null;
  } catch (error) {
    if (!(error instanceof NonFiniteError) || error.origin === undefined) throw error;
    const { operation, direction, scope, operands, site } = error.origin;
    const where = `${direction === "forward" ? "" : "the gradient of "}${operation}${scope === "" ? "" : ` in ${scope}`}`;
    return nonFinite("operation", scope === "" ? [] : [scope], `first at ${where}`, {
      part: activations.some(({ activation: { name } }) => name === operation) ? "activation" : "operation",
      explanation: `${where} was the first result that is not finite${operandsOf(operands)}${siteOf(site)}`,
    });
  }
}

const operandsOf = (operands: NonFiniteOrigin["operands"]): string =>
  operands.length === 0 ? "" : `; operands: ${operands.join("; ")}`;

const siteOf = (site: NonFiniteOrigin["site"]): string => (site === undefined ? "" : `; called at ${site}`);

/** A second pass came out finite: the model draws at random. */
function nowhere({ loss }: Trace): Finding {
  const what = Number.isFinite(loss) ? "a gradient" : `the loss, ${loss},`;
  return nonFinite("pass", [], `${what} was not finite in one of two passes`, {
    part: "operation",
    explanation:
      "a second pass over the same batch came out finite: the model draws at random, and some draws overflow",
  });
}

function nonFinite(
  detector: string,
  places: readonly string[],
  statistic: string,
  cause: Pick<Cause, "part" | "explanation">,
): Finding {
  return {
    detector: `nonFinite.${detector}`,
    fault: "nonFinite",
    severity: "alarm",
    places,
    measured: { statistic, value: Number.NaN },
    band: null,
    pValue: null,
    consequence: "every parameter that this gradient reaches becomes NaN at the next step",
    causes: [{ ...cause, logShare: Number.NaN }],
    disproof: "the same batch through the same parameters with a finite loss and finite gradients",
  };
}

const countOf = ({ count }: Bad): string => (count === 1 ? "one value that is" : `${count} values that are`);

interface Bad {
  readonly at: number;
  readonly value: number;
  readonly count: number;
}

function firstBad(x: Tensor): Bad | null {
  const values = x.values();
  let [at, count] = [-1, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    if (at < 0) at = i;
    count++;
  }
  return at < 0 ? null : { at, value: values[at], count };
}
