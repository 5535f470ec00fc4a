import { Tensor } from "../../tensor.ts";
import { difference, type Law, maximal, outputsOf } from "./subject.ts";

/** The op gives what is known from elsewhere: nearly all digits of double precision, or of single. */
export const agreesWithReference: Law = (subject) => {
  const { expected, inputs } = subject;
  if (expected === null) return null;
  const outputs = outputsOf(subject, inputs);
  if (outputs.length !== expected.length)
    return [`gives ${outputs.length} results instead of ${expected.length}`];
  return outputs.flatMap((output, k) => {
    const known = expected[k];
    const right = known instanceof Tensor ? known.values() : known;
    const unit = output.dtype === "f32" ? 2 ** -22 : 2 ** -46;
    const wrong = difference(output, right, unit * subject.loses * maximal(right));
    return wrong === null ? [] : [`result ${k}: ${wrong}`];
  });
};
