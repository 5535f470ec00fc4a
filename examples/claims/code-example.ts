import { add, Generator, matmul, randn, relu, ShapeError, type Tensor } from "@isograd/autograd";
import type { Claim } from "./claim.ts";

/** relu(W x + b), as printed. */
function forward(weight: Tensor, generator: Generator): Tensor {
  const [bias, x] = [randn(generator, [1]), randn(generator, [2, 1])];
  return relu(add(matmul(weight, x), bias));
}

/** The sentence that says why it does not, or the shape that comes out. */
function outcome(shape: readonly [number, number]): string {
  const generator = new Generator(1);
  try {
    return `gives [${forward(randn(generator, shape), generator).shape.join(", ")}]`;
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    return error.message;
  }
}

export const codeExample: Claim = {
  section: "4.1, 4.2",
  statement: "W of [2, 1] times x of [2, 1], plus b of [1], is a simple neural network.",
  theory: "A product takes [m, k] and [k, n]. One unit of two inputs has W of [1, 2], and gives [1, 1].",
  experiment: () =>
    (
      [
        ["as printed, W of [2, 1]", [2, 1]],
        ["put right, W of [1, 2]", [1, 2]],
      ] as const
    ).map(([setting, shape], k) => {
      const note = outcome(shape);
      return {
        setting,
        quantity: "whether the program runs (1) or not (0)",
        values: note.startsWith("gives") ? 1 : 0,
        note,
        ...(k === 0 ? { claimed: { above: 0.5 } } : {}), // the other one is ours
      };
    }),
};
