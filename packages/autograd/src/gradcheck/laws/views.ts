import { fromData } from "../../create.ts";
import { rearranged, variableOf } from "../variable.ts";
import { difference, type Law, maximal, outputsOf } from "./subject.ts";

/** The op gives for views what it gives for dense copies. */
export const agreesOnViews: Law = (subject) => {
  const { inputs } = subject;
  const dense = inputs.map((x) => fromData(x.values().slice(), x.shape));
  const crooked = inputs.map((x) => rearranged(variableOf("", x)).tensor);
  const expected = outputsOf(subject, dense);
  return [inputs, crooked].flatMap((operands) =>
    outputsOf(subject, operands).flatMap((output, k) => {
      const values = expected[k].values();
      // Sums may be taken in another order.
      const wrong = difference(output, values, (output.dtype === "f32" ? 1e-6 : 1e-14) * maximal(values));
      return wrong === null ? [] : [`result ${k} of views: ${wrong}`];
    }),
  );
};
