import { applyMany, concat, defineOp, type Op, type Tensor, zeros } from "../../src/index.ts";

const halvesOp: Op<void> = defineOp({
  name: "halves",
  shape: ([x]) => [0, 1].map(() => ({ shape: [x.shape[0] / 2], dtype: x.dtype })),
  forward: ([x]) => {
    const values = x.values();
    return [values.slice(0, values.length / 2), values.slice(values.length / 2)];
  },
  vjp: [
    (_, node, cotangents) =>
      concat(
        cotangents.map((g, k) => g ?? zeros(node.outputSignatures[k].shape, node.outputSignatures[k].dtype)),
      ),
  ],
});

/** Both halves of a vector: an operation with two outputs. */
export const halves = (x: Tensor): readonly Tensor[] => applyMany(halvesOp, [x], undefined);
