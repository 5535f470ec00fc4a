import { backward } from "../../backward.ts";
import { parameter } from "../../create.ts";
import { observe } from "../../hooks.ts";
import { add } from "../../ops/elementwise/arithmetic.ts";
import { reshape } from "../../ops/movement/movement.ts";
import { concat, slice } from "../../ops/movement/slice.ts";
import { withRank } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import {
  difference,
  isReal,
  type Law,
  maximal,
  neighbours,
  outputsOf,
  type Subject,
  weightsFor,
} from "./subject.ts";

/**
 * An op whose leading axes broadcast gives for two operands side by side what it gives for each, and sums the gradients of the others.
 *
 * Applies to a call of one op that says so; what is composed of several may look at shapes itself.
 */
export const broadcasts: Law = (subject) => {
  const { inputs } = subject;
  if (!inputs.every(isReal) || !isOneCall(subject)) return null;
  const rank = Math.max(...inputs.map((x) => x.rank));
  return inputs.flatMap((input, position) => {
    const others = [input, ...neighbours([input], 1)];
    const padded = others.map((x) => reshape(x, [1, ...withRank(x.shape, rank)]));
    const replaced = (x: Tensor): Tensor[] => inputs.map((each, k) => (k === position ? x : each));
    const together = pulled(subject, replaced(concat(padded)), 2);
    const apart = others.map((x) => pulled(subject, replaced(x), 1));
    const broken: string[] = [];
    together.outputs.forEach((output, k) => {
      apart.forEach(({ outputs }, half) => {
        const expected = outputs[k].values();
        const found = slice(output, 0, { start: half, end: half + 1 });
        const wrong = difference(found, expected, 1e-14 * maximal(expected));
        if (wrong !== null) broken.push(`input ${position} with a leading axis: result ${k}: ${wrong}`);
      });
    });
    together.gradients.forEach((gradient, k) => {
      const [a, b] = apart.map(({ gradients }) => gradients[k]);
      if (k === position || gradient === null || a === null || b === null) return;
      const expected = add(a, b).values();
      const wrong = difference(
        gradient,
        expected,
        1e-13 * Math.max(maximal(a.values()), maximal(b.values())),
      );
      if (wrong !== null) broken.push(`input ${position} with a leading axis: gradient ${k}: ${wrong}`);
    });
    return broken;
  });
};

/** Whether the subject is one op applied to its inputs, nothing else: no attribute that speaks of axes, and leading axes broadcast. */
function isOneCall(subject: Subject): boolean {
  const calls: boolean[] = [];
  using _ = observe({
    operation: ({ op, node, inputs }) => {
      const plain = node !== null && node.attributes === undefined;
      calls.push(op.batch === "leading" && plain && inputs.length === subject.inputs.length);
    },
  });
  outputsOf(
    subject,
    subject.inputs.map((x) => parameter(x)),
  );
  return calls.length === 1 && calls[0];
}

/** Results and gradients, with the same cotangent for each of the `copies` side by side. */
function pulled(
  subject: Subject,
  inputs: readonly Tensor[],
  copies: number,
): { readonly outputs: readonly Tensor[]; readonly gradients: readonly (Tensor | null)[] } {
  const leaves = inputs.map((x) => parameter(x));
  const outputs = outputsOf(subject, leaves);
  for (const output of outputs)
    if (output.requiresGrad)
      backward(output, { cotangent: weightsFor(output, output.size / copies), retainGraph: true });
  return { outputs, gradients: leaves.map(({ grad }) => grad) };
}
