import { backward } from "../../backward.ts";
import { parameter } from "../../create.ts";
import { sameBits } from "../structure.ts";
import { isReal, type Law, outputsOf, weightsFor } from "./subject.ts";

/** Neither the op nor its rules write to the operands, or bind them to something else. */
export const leavesOperandsAlone: Law = (subject) => {
  const leaves = subject.inputs.map((x) => (isReal(x) ? parameter(x) : x.detach()));
  const before = leaves.map(({ data, shape, strides, offset }) => ({
    data,
    copy: data.slice(),
    layout: JSON.stringify([shape, strides, offset]),
  }));
  for (const output of outputsOf(subject, leaves))
    if (output.requiresGrad) backward(output, { cotangent: weightsFor(output), createGraph: true });
  return leaves.flatMap(({ data, shape, strides, offset }, k) => {
    const { data: own, copy, layout } = before[k];
    if (data === own && JSON.stringify([shape, strides, offset]) === layout && sameBits(data, copy))
      return [];
    return [`operand ${k} is not what it was`];
  });
};
