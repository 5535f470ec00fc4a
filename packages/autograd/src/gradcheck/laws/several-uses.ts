import { backward } from "../../backward.ts";
import { parameter } from "../../create.ts";
import { add, mul } from "../../ops/elementwise/arithmetic.ts";
import { sum } from "../../ops/reductions/reduce.ts";
import type { Tensor } from "../../tensor.ts";
import { difference, isReal, type Law, maximal, outputsOf, type Subject, weightsFor } from "./subject.ts";

const uses = 3;

/** An operand that is used several times in a graph gets the sum of what the uses send, in whatever way the sweep adds that up. */
export const addsUpSeveralUses: Law = (subject) => {
  if (!subject.inputs.some(isReal)) return null;
  const once = gradientsOf(subject, 1);
  return gradientsOf(subject, uses).flatMap((found, k) => {
    const expected = once[k]?.values().map((value) => uses * value);
    if (found === null || expected === undefined) return [];
    const wrong = difference(found, expected, 1e-13 * maximal(expected));
    return wrong === null ? [] : [`the gradient of operand ${k}, used ${uses} times: ${wrong}`];
  });
};

/** The gradients of the sum of so many calls with the same operands. */
function gradientsOf(subject: Subject, calls: number): (Tensor | null)[] {
  const leaves = subject.inputs.map((x) => (isReal(x) ? parameter(x) : x));
  const parts = Array.from({ length: calls }, () => outputsOf(subject, leaves))
    .flat()
    .filter((output) => output.requiresGrad)
    .map((output) => sum(mul(output, weightsFor(output))));
  if (parts.length > 0) backward(parts.reduce((total, part) => add(total, part)));
  return leaves.map(({ grad }) => grad);
}
