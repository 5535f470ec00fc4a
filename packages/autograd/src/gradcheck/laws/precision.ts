import { backward } from "../../backward.ts";
import { parameter } from "../../create.ts";
import { cast } from "../../ops/elementwise/cast.ts";
import type { Tensor } from "../../tensor.ts";
import { difference, isReal, type Law, maximal, outputsOf, type Subject, weightsFor } from "./subject.ts";

/** In single precision the op gives what it gives in double, to a few digits less, gradients too. */
export const agreesInSinglePrecision: Law = (subject) => {
  if (!subject.inputs.some(isReal)) return null;
  const single = subject.inputs.map((x) => (isReal(x) ? cast(x, "f32") : x));
  const double = single.map((x) => (isReal(x) ? cast(x, "f64") : x));
  const [low, high] = [single, double].map((inputs) => differentiated(subject, inputs));
  const broken: string[] = [];
  const compare = (name: string, a: Tensor, b: Tensor): void => {
    if (isReal(b) && (a.dtype !== "f32" || b.dtype !== "f64"))
      broken.push(`${name}: element types ${a.dtype} and ${b.dtype} instead of f32 and f64`);
    const exact = b.values();
    const tolerance = isReal(b) ? 2 ** -22 * subject.loses * Math.max(maximal(exact), 0.25) : 0;
    const wrong = difference(a, exact, tolerance);
    if (wrong !== null) broken.push(`${name} in f32: ${wrong}`);
  };
  low.outputs.forEach((output, k) => {
    compare(`result ${k}`, output, high.outputs[k]);
  });
  low.gradients.forEach((gradient, k) => {
    const other = high.gradients[k];
    if (gradient !== null && other !== null) compare(`gradient ${k}`, gradient, other);
    else if (gradient !== other) broken.push(`gradient ${k} flows in one precision only`);
  });
  return broken;
};

function differentiated(
  subject: Subject,
  inputs: readonly Tensor[],
): { readonly outputs: readonly Tensor[]; readonly gradients: readonly (Tensor | null)[] } {
  const leaves = inputs.map((x) => (isReal(x) ? parameter(x) : x));
  const outputs = outputsOf(subject, leaves);
  for (const output of outputs)
    if (output.requiresGrad) backward(output, { cotangent: weightsFor(output), retainGraph: true });
  return { outputs, gradients: leaves.map(({ grad }) => grad) };
}
