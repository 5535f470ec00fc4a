import { parameter } from "../../create.ts";
import { dtypeOf } from "../../dtype.ts";
import { observe } from "../../hooks.ts";
import { sameShape } from "../../shape.ts";
import { isReal, type Law, outputsOf } from "./subject.ts";

/** `shape` foretells the shape and element type of each result, of every op that takes part. */
export const foretellsSignatures: Law = (subject) => {
  const broken: string[] = [];
  let seen = 0;
  using _ = observe({
    operation: ({ op, node, inputs, outputs }) => {
      for (const { data, dtype, shape, strides } of outputs) {
        if (dtypeOf(data) !== dtype) broken.push(`${op.name} says ${dtype} and holds ${dtypeOf(data)}`);
        if (strides.length !== shape.length)
          broken.push(`${op.name} gives ${strides.length} strides for rank ${shape.length}`);
      }
      if (node === null) return;
      seen++;
      const foretold = [op.shape(inputs, node.attributes)].flat();
      outputs.forEach(({ shape, dtype }, k) => {
        if (foretold[k]?.dtype === dtype && sameShape(foretold[k].shape, shape)) return;
        broken.push(
          `${op.name} foretells another signature for result ${k} than ${dtype}[${shape.join(", ")}]`,
        );
      });
    },
  });
  const outputs = outputsOf(
    subject,
    subject.inputs.map((x) => (isReal(x) ? parameter(x) : x)),
  );
  if (seen === 0 && outputs.some(({ node }) => node !== null && node.op !== null))
    broken.push("a recorded result came from no operation that observers saw");
  return broken;
};
