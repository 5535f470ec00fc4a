import { add, mul, pow, square, sum, type Tensor } from "@isograd/autograd";
import { Linear, SAM, SGD } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { withGradient } from "./with-gradient.ts";

describe("SAM", () => {
  it("steps along the gradient uphill, from where it was", () => {
    const w = withGradient([3, 4], [0, 0]);
    const optimizer = new SAM(new SGD([w], { learningRate: 0.1 }), { rho: 0.5 });
    const loss = (): Tensor => mul(0.5, sum(square(w)));
    expect(optimizer.step(loss)).toBe(12.5);
    // The gradient at (3, 4) + 0.5 (0.6, 0.8).
    expect(w.values()[0]).toBeCloseTo(3 - 0.33, 10);
    expect(w.values()[1]).toBeCloseTo(4 - 0.44, 10);
  });

  it("is its base for rho 0, and shares its learning rate and state", () => {
    const [w, v] = [withGradient([3], [0]), withGradient([3], [0])];
    const sharp = new SAM(new SGD([w], { learningRate: 0.1, momentum: 0.9 }), { rho: 0 });
    const base = new SGD([v], { learningRate: 0.1, momentum: 0.9 });
    for (let step = 0; step < 3; step++) {
      sharp.step(() => sum(pow(w, 4)));
      v.grad = withGradient([1], [4 * v.item() ** 3]).grad;
      base.step();
      sharp.learningRate /= 2;
      base.learningRate /= 2;
    }
    expect(w.item()).toBeCloseTo(v.item(), 12);
    expect(sharp.state).toBe(sharp.base.state);
    expect(sharp.learningRate).toBe(0.0125);
  });

  it("is back where it was if the loss throws uphill", () => {
    const w = withGradient([3], [0]);
    let calls = 0;
    const optimizer = new SAM(new SGD([w], { learningRate: 0.1 }));
    expect(() =>
      optimizer.step(() => {
        calls++;
        if (calls === 2) throw new Error("no loss");
        return sum(square(w));
      }),
    ).toThrow("no loss");
    expect(w.toArray()).toEqual([3]);
  });

  it("lets parameters rest that no gradient reaches, and goes on for those of a copy", () => {
    const [w, unused] = [withGradient([3], [0]), withGradient([7], [0])];
    const layer = new Linear({ inFeatures: 1, outFeatures: 1, dtype: "f64" });
    const optimizer = new SAM(
      new SGD([w, unused, ...layer.parameters()], { learningRate: 0.1, momentum: 0.5 }),
      {
        adaptive: true,
      },
    );
    layer.freeze();
    const held = layer.weight.toArray();
    optimizer.step(() => sum(square(w)));
    expect([unused.toArray(), layer.weight.toArray()]).toEqual([[7], held]);
    const v = withGradient([w.item()], [0]);
    const copy = optimizer.cloneFor([v, withGradient([7], [0]), ...layer.clone().parameters()]);
    optimizer.step(() => add(sum(square(w)), 1));
    copy.step(() => add(sum(square(v)), 1));
    expect(v.item()).toBe(w.item());
    expect(() => new SAM(optimizer.base, { rho: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: SAM: expected rho to be finite and not negative, got -1]`,
    );
  });
});
