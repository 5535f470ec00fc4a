import { exp, logsumexp, noGrad, type Tensor } from "@isograd/autograd";
import type { Finding } from "../../finding.ts";
import { unlessUnknown } from "../../flow/flatness.ts";
import type { AnyActivation } from "../../trace/network.ts";
import type { Trace } from "../../trace/trace.ts";
import { isMadeByLayers } from "../affine.ts";
import { sumsOver } from "../sums.ts";
import type { SyntheticPass } from "../synthetic.ts";

/** What the output of a model can be, read off the output itself and the activation that it comes out of. */
export interface Head {
  readonly output: Tensor;
  /** The least and the largest value; infinite where there is no bound or none is known. */
  readonly range: readonly [low: number, high: number];
  /** Where the numbers along an axis are probabilities of one thing: that axis; null where they are along none. */
  readonly simplex: number | null;
  /** Where the numbers along an axis are logarithms of such probabilities: that axis; null where they are along none. */
  readonly logarithms: number | null;
  /** Whether layers with weights make these numbers, but for an activation behind the last: then weights make any within the range. */
  readonly free: boolean;
  /** What bounds it, in words. */
  readonly name: string;
  readonly place: string;
}

export function headOf({ output, end, traced }: SyntheticPass, place: string): Head {
  const { activations, contractions } = traced;
  const last = activations.findLast((use) => sameNumbers(use.output, output));
  const simplex = simplexAxis(output);
  const known =
    last === undefined ? null : unlessUnknown(() => (last.activation as AnyActivation).facts.range);
  return {
    output,
    range: simplex !== null ? [0, 1] : (known ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]),
    simplex,
    logarithms: axesOf(output).find((axis) => isLogarithmic(output, axis)) ?? null,
    free: isMadeByLayers(last === undefined ? end : last.inputs[0].node, contractions),
    name: simplex !== null ? "softmax" : (last?.activation.name ?? "a linear layer"),
    place: last?.place ?? place,
  };
}

function sameNumbers(a: Tensor, b: Tensor): boolean {
  const other = b.values();
  return a.size === b.size && a.values().every((value, k) => value === other[k]);
}

/** The axis along which all numbers are shares of 1; behind the batch first. */
function simplexAxis(output: Tensor): number | null {
  if (!output.values().every((value) => value >= 0)) return null;
  return axesOf(output).find((axis) => isOne(sumsOver(output, axis))) ?? null;
}

/** Those behind the batch first. */
const axesOf = ({ rank }: Tensor): number[] => Array.from({ length: rank }, (_, k) => (k + 1) % rank);

const isLogarithmic = (output: Tensor, axis: number): boolean =>
  output.shape[axis] > 1 && isOne(exp(noGrad(() => logsumexp(output, { axis }))));

const isOne = (x: Tensor): boolean => x.values().every((value) => Math.abs(value - 1) < 1e-4);

/** What is wrong with the output whatever the loss. */
export function lintOutput(head: Head, { leaves }: Trace): Finding[] {
  const { output, simplex } = head;
  const values = output.values();
  const constant = values.length > 1 && values.every((value) => value === values[0]);
  if (constant && leaves.every(({ gradient }) => gradient.values().every((each) => each === 0)))
    return [
      constantOutput(output, head.place, {
        consequence:
          "the output is the same for every input, and no gradient reaches any weight: nothing can be learnt",
        explanation:
          simplex !== null && output.shape[simplex] === 1
            ? "softmax over a single unit is always 1: take a sigmoid, or two units"
            : "no gradient passes the head",
        disproof: "an input for which the output is another",
      }),
    ];
  if ((simplex ?? head.logarithms) === 0 && output.rank > 1)
    return [
      mismatch(head, "batchSoftmax", "alarm", {
        statistic: `sum of the ${simplex === 0 ? "output" : "probabilities"} over the batch`,
        value: 1,
        consequence: "examples of a batch compete with each other, and what one gets depends on the rest",
        explanation: "softmax runs over the batch, axis 0: let it run over the classes",
        disproof: "one example whose output is the same in another batch",
      }),
    ];
  return [];
}

/** One output for all inputs. */
export const constantOutput = (
  output: Tensor,
  place: string,
  words: Pick<Mismatch, "consequence" | "explanation" | "disproof">,
): Finding =>
  mismatch({ place }, "constantOutput", "alarm", {
    statistic: "the output for every input",
    value: output.values()[0],
    ...words,
  });

interface Mismatch {
  readonly statistic: string;
  readonly value: number;
  readonly consequence: string;
  readonly explanation: string;
  readonly disproof: string;
}

export function mismatch(
  { place }: Pick<Head, "place">,
  rule: string,
  severity: Finding["severity"],
  { statistic, value, consequence, explanation, disproof }: Mismatch,
): Finding {
  return {
    detector: `lint.${rule}`,
    fault: "mismatched",
    severity,
    places: place === "" ? [] : [place],
    measured: { statistic, value },
    band: null,
    pValue: null,
    consequence,
    causes: [{ part: "operation", logShare: Number.NaN, explanation }],
    disproof,
  };
}
