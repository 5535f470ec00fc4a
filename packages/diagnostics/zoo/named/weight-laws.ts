import { constant, type Initializer, orthogonal, uniform, varianceScaling } from "@isograd/nn";

type Law = (scale: number) => Initializer;

const spread =
  (scale: number, mode: "fanIn" | "fanAverage", distribution: "normal" | "uniform"): Law =>
  (factor) =>
    varianceScaling({ scale: scale * factor ** 2, mode, distribution });

/** Laws of weights by the names that settings use. */
export const weightLaws = {
  he: spread(2, "fanIn", "normal"),
  heUniform: spread(2, "fanIn", "uniform"),
  xavier: spread(1, "fanAverage", "normal"),
  xavierUniform: spread(1, "fanAverage", "uniform"),
  lecun: spread(1, "fanIn", "normal"),
  /** PyTorch's default: uniform within ±1/√fanIn. */
  fanIn: spread(1 / 3, "fanIn", "uniform"),
  orthogonal: (scale) => orthogonal({ gain: scale }),
  /** Uniform within ±`scale`, whatever the width: Keras's RandomUniform. */
  uniform: (scale) => uniform({ low: -scale, high: scale }),
  /** All of them `scale`. */
  constant,
} as const satisfies Record<string, Law>;
