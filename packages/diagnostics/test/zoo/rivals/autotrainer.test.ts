import { describe, expect, it } from "vitest";
import { autoTrainer } from "../../../zoo/rivals/autotrainer.ts";
import { firings, layer, rulesOf, spread } from "./observations.ts";

/** Networks whose first and last layer have gradients of these norms, at an accuracy that rises up to 0.6. */
const unequal = (first: number, last: number, accuracy = 0.6) => {
  const gradient = (norm: number) => [norm, 0.1 * norm, 1e-9];
  return (step: number) => ({
    accuracy: accuracy - 0.5 / (step + 1),
    layers: [layer({ gradient: gradient(first) }), layer({ gradient: gradient(last) })],
  });
};

describe("AutoTrainer", () => {
  it("is silent about a usual network", () => {
    expect(firings(autoTrainer, 20)).toEqual([]);
  });

  it("says that gradients vanish below 1/1000 of the last layer's and 1e-4, where the accuracy is low", () => {
    // Ten epochs: it looks behind epochs 0, 3, 6 and 9 and reports from three epochs on.
    const fired = firings(autoTrainer, 10, unequal(0.99e-4, 0.1));
    expect(fired).toEqual(["vanishing gradient@7", "vanishing gradient@13", "vanishing gradient@19"]);
    expect(firings(autoTrainer, 10, unequal(1.01e-4, 0.2))).toEqual([]);
    expect(firings(autoTrainer, 10, unequal(0.9e-4, 0.08))).toEqual([]);
    expect(firings(autoTrainer, 10, unequal(0.99e-4, 0.1, 0.9))).toEqual([]);
  });

  it("remembers what it saw before it may report", () => {
    const early = (step: number) => unequal(step < 2 ? 1e-6 : 1, 1)(step);
    expect(firings(autoTrainer, 10, early)[0]).toBe("vanishing gradient@7");
    const between = (step: number) => unequal(step >= 2 && step < 6 ? 1e-6 : 1, 1)(step);
    expect(firings(autoTrainer, 10, between)).toEqual([]);
  });

  it("waits for 30 % of the epochs", () => {
    expect(firings(autoTrainer, 14, unequal(1e-6, 1))[0]).toBe("vanishing gradient@13");
    expect(firings(autoTrainer, 3, unequal(1e-6, 1))[0]).toBe("vanishing gradient@1");
  });

  it("says that gradients explode above 70 times the last layer's, where the accuracy is low", () => {
    expect(firings(autoTrainer, 10, unequal(70.1, 1))[0]).toBe("exploding gradient@7");
    expect(firings(autoTrainer, 10, unequal(69.9, 1))).toEqual([]);
    expect(firings(autoTrainer, 10, unequal(70.1, 1, 0.9))).toEqual([]);
  });

  it("says so at once of what is not finite", () => {
    expect(firings(autoTrainer, 10, () => ({ layers: [layer(), layer({ weight: [Number.NaN] })] }))[0]).toBe(
      "exploding gradient@1",
    );
    expect(firings(autoTrainer, 10, (step) => (step === 2 ? { loss: Infinity } : {}))[0]).toBe(
      "exploding gradient@7",
    );
  });

  it("says that ReLUs die where 70 % of the gradients are 0 and the accuracy is low", () => {
    const zeros = (count: number) => (step: number) => ({
      ...unequal(1, 1)(step),
      layers: [layer({ gradient: spread(100, 1).fill(0, 0, count) }), layer({ gradient: spread(100, 1) })],
    });
    const both = (count: number) => (step: number) => ({
      ...unequal(1, 1)(step),
      layers: Array.from({ length: 2 }, () => layer({ gradient: spread(100, 1).fill(0, 0, count) })),
    });
    expect(firings(autoTrainer, 10, both(70))[0]).toBe("dying relu@7");
    expect(firings(autoTrainer, 10, both(69))).toEqual([]);
    expect(rulesOf(firings(autoTrainer, 10, zeros(100)))).toEqual(["vanishing gradient"]); // 50 % in all
  });

  it("says that training is slow where no epoch gains 0.01", () => {
    const rising = (by: number) => (step: number) => ({ accuracy: 0.8 + by * Math.floor(step / 2) });
    expect(firings(autoTrainer, 10, rising(0.0099))[0]).toBe("slow convergence@7");
    expect(firings(autoTrainer, 10, rising(0.0101))).toEqual([]);
  });

  it("says that it oscillates where the accuracy swings by 0.03 in a fifth of the epochs", () => {
    const swinging = (by: number) => (step: number) => ({
      accuracy: 0.8 + (Math.floor(step / 2) % 2 === 0 ? 0 : by),
    });
    expect(firings(autoTrainer, 10, swinging(0.031))).toContain("oscillating loss@19");
    expect(firings(autoTrainer, 10, swinging(0.029))).toEqual([]);
    // One swing in ten epochs is too few.
    const once = (step: number) => ({ accuracy: [0.5, 0.9, 0.8, 0.95][Math.floor(step / 2)] ?? 0.95 });
    expect(firings(autoTrainer, 20, once)).toEqual([]);
  });
});
