import { Adam, type AdamState, adam, Optimizer, optimizerClass, SGD, type SGDState } from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";
import { withGradient } from "./with-gradient.ts";

describe("a class of optimizers", () => {
  it("makes optimizers, and bears its name", () => {
    const optimizer = new Adam([withGradient([1], [1])]);
    expect(optimizer).toBeInstanceOf(Adam);
    expect(optimizer).toBeInstanceOf(Optimizer);
    expect(optimizer).not.toBeInstanceOf(SGD);
    expect([Adam, SGD].map(({ name }) => name)).toEqual(["Adam", "SGD"]);
  });

  it("knows which options it needs, and what its state is", () => {
    const w = withGradient([1], [1]);
    expectTypeOf(new Adam([w])).toEqualTypeOf<Optimizer<AdamState>>();
    expectTypeOf(new SGD([{ parameters: [w] }], { learningRate: 1 })).toEqualTypeOf<Optimizer<SGDState[]>>();
    // @ts-expect-error a learning rate is needed
    expect(() => new SGD([w])).toThrow(/learningRate/);
    // @ts-expect-error Adam has no such option
    new Adam([w], { dampening: 1 });
  });

  it("can be of a transform of one's own", () => {
    const Slow = optimizerClass("Slow", ({ share }: { share: number }) =>
      adam({ learningRate: 0.1 * share }),
    );
    expect(new Slow([withGradient([1], [1])], { share: 0.5 }).learningRate).toBeCloseTo(0.05, 15);
    const groups = [
      { parameters: [withGradient([1], [1])], share: 2 },
      { parameters: [withGradient([1], [1])] },
    ];
    expect(new Slow(groups, { share: 1 }).learningRates).toEqual([0.2, 0.1]);
  });
});
