import { IsogradError } from "../../errors.ts";
import type { Tensor } from "../../tensor.ts";
import { vjp } from "../../transforms/vjp.ts";
import { vmap } from "../../transforms/vmap.ts";
import {
  difference,
  isReal,
  type Law,
  maximal,
  neighbours,
  outputsOf,
  type Subject,
  sideBySide,
  weightsFor,
  withValues,
} from "./subject.ts";

type Call = (...inputs: Tensor[]) => Tensor[];

/** Under vmap the op gives what it gives for one example after the other: with all operands mapped, and with each alone. */
export const agreesUnderVmap: Law = (subject) => {
  if (subject.inputs.length === 0) return null;
  return compareLoop(subject, (...inputs) => [...outputsOf(subject, inputs)]);
};

/** vmap of the gradient gives the gradient of each example. */
export const givesPerExampleGradients: Law = (subject) => {
  if (!subject.inputs.some(isReal)) return null;
  const cotangents = outputsOf(subject, subject.inputs).map((output) =>
    isReal(output) ? weightsFor(output) : null,
  );
  if (!cotangents.some((cotangent) => cotangent !== null)) return null;
  return compareLoop(subject, (...inputs) => {
    const [, pullback] = vjp((...xs: Tensor[]) => [...outputsOf(subject, xs)], ...inputs);
    return pullback(cotangents).filter((_, k) => isReal(subject.inputs[k]));
  });
};

/** An example whose elements come in another order; null where the op does not take that. */
function reordered(subject: Subject, order: (k: number, length: number) => number): readonly Tensor[] | null {
  const inputs = subject.inputs.map((x) => {
    const values = x.values();
    return isReal(x) ? withValues(x, (k) => values[order(k, values.length)]) : x;
  });
  try {
    const finite = outputsOf(subject, inputs).every((output) => output.values().every(Number.isFinite));
    return finite ? inputs : null;
  } catch (error) {
    if (error instanceof IsogradError) return null;
    throw error;
  }
}

function compareLoop(subject: Subject, call: Call): string[] {
  const { inputs } = subject;
  const examples = [
    inputs,
    neighbours(inputs, 1),
    reordered(subject, (k, length) => (k + 1) % length) ?? neighbours(inputs, 2),
    reordered(subject, (k, length) => length - 1 - k) ?? neighbours(inputs, 3),
  ];
  const choices = [
    inputs.map(() => true),
    ...(inputs.length === 1 ? [] : inputs.map((_, k) => inputs.map((_, j) => j === k))),
  ];
  return choices.flatMap((mapped) => {
    const inAxes = mapped.map((is) => (is ? 0 : null));
    const together = vmap(call, { inAxes })(
      ...inputs.map((x, k) => (mapped[k] ? sideBySide(examples.map((each) => each[k])) : x)),
    );
    const apart = examples.map((each) => call(...inputs.map((x, k) => (mapped[k] ? each[k] : x))));
    return together.flatMap((found, k) => {
      const expected = sideBySide(apart.map((results) => results[k])).values();
      const wrong = difference(found, expected, 1e-13 * maximal(expected));
      return wrong === null ? [] : [`with axes [${inAxes.map(String).join(", ")}], result ${k}: ${wrong}`];
    });
  });
}
