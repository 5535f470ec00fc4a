import { IsogradError } from "../../errors.ts";
import { slice } from "../../ops/movement/slice.ts";
import type { Tensor } from "../../tensor.ts";
import { checkGradients } from "../check.ts";
import { describeReport } from "../report.ts";
import { agreesInSinglePrecision } from "./precision.ts";
import { foretellsSignatures } from "./signature.ts";
import { isReal, type Law, outputsOf, type Subject } from "./subject.ts";

/**
 * Empty and size-one operands either work, gradients and all, or are refused by an error of isograd's: cut down is every axis of one extent,
 * so that operands which fitted still do.
 */
export const takesAnyExtent: Law = (subject) => {
  const { inputs } = subject;
  const extents = new Set(inputs.flatMap(({ shape }) => shape));
  // A sample that is empty or of size one somewhere is such a case itself.
  if (extents.size === 0 || extents.has(0) || extents.has(1)) return null;
  return [...extents].flatMap((extent) =>
    [0, 1].flatMap((smaller) =>
      broken({ ...subject, inputs: inputs.map((x) => cut(x, extent, smaller)) }).map(
        (sentence) => `extent ${extent} cut to ${smaller}: ${sentence}`,
      ),
    ),
  );
};

function cut(x: Tensor, extent: number, smaller: number): Tensor {
  let result = x;
  x.shape.forEach((each, axis) => {
    if (each === extent) result = slice(result, axis, { end: smaller });
  });
  return result.detach();
}

function broken(subject: Subject): readonly string[] {
  try {
    const outputs = outputsOf(subject, subject.inputs);
    // What is undefined there, such as the variance of one number, has no slope.
    if (!outputs.some(isReal)) return [];
    if (outputs.some((output) => output.values().some((value) => !Number.isFinite(value)))) return [];
  } catch (error) {
    return error instanceof IsogradError ? [] : [`throws ${error}`];
  }
  const sentences = [
    ...(foretellsSignatures(subject) ?? []),
    // Fewer numbers, by which the loss was set, may lose more.
    ...(agreesInSinglePrecision({ ...subject, loses: 8 * subject.loses }) ?? []),
  ];
  if (!subject.inputs.some(isReal)) return sentences;
  const report = checkGradients(subject.call, subject.inputs, {
    seed: subject.seed,
    order: 1,
    elements: 4,
    directions: 2,
    jacobian: 0,
  });
  return report.ok ? sentences : [...sentences, describeReport(report)];
}
