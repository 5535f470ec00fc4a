import { calculateGain } from "@isograd/nn";
import { describe, expect, it } from "vitest";

describe("calculateGain", () => {
  it("has PyTorch's table", () => {
    const answers = {
      linear: 1,
      conv2d: 1,
      sigmoid: 1,
      tanh: 5 / 3,
      relu: Math.sqrt(2),
      selu: 0.75,
    } as const;
    for (const [name, gain] of Object.entries(answers))
      expect(calculateGain(name as keyof typeof answers)).toBe(gain);
    expect(calculateGain("leakyRelu")).toBe(Math.sqrt(2 / (1 + 0.01 ** 2)));
    expect(calculateGain("leakyRelu", 0.2)).toBeCloseTo(1.3867504905630728, 15);
    expect(() => calculateGain("gelu" as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: calculateGain: expected one of linear, conv1d, conv2d, conv3d, convTranspose1d, convTranspose2d, convTranspose3d, sigmoid, tanh, relu, leakyRelu, selu, got "gelu"]`,
    );
  });
});
