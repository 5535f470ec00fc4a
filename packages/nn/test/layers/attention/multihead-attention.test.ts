import {
  backward,
  fromData,
  Generator,
  mean,
  randn,
  slice,
  square,
  sum,
  type Tensor,
  tensor,
  vmap,
  zeros,
} from "@isograd/autograd";
import { causalMask, MultiheadAttention, paddingMask, RotaryEmbedding } from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const make = (
  options: Partial<ConstructorParameters<typeof MultiheadAttention>[0]> = {},
): MultiheadAttention =>
  new MultiheadAttention({
    embedDim: 4,
    numHeads: 2,
    batchFirst: true,
    dtype: "f64",
    generator: new Generator("attention"),
    ...options,
  });

const drawn = (name: string, ...shape: number[]): Tensor => randn(new Generator(name), shape, "f64");

/** x with other numbers from position `from` of the axis of time on. */
function changedFrom(x: Tensor, from: number, seed: number): Tensor {
  const [, length, features] = x.shape;
  const noise = drawn(`noise ${seed}`, ...x.shape).values();
  const values = Float64Array.from(x.values(), (value, i) =>
    Math.trunc(i / features) % length >= from ? noise[i] * 100 : value,
  );
  return fromData(values, x.shape);
}

describe("MultiheadAttention", () => {
  it("is the weighted mean of values, by hand for one head that projects nothing", () => {
    const layer = make({ embedDim: 2, numHeads: 1, bias: false });
    const identity = [1, 0, 0, 1];
    layer.inProjWeight?.assign(fromData(Float64Array.of(...identity, ...identity, ...identity), [6, 2]));
    layer.outProj.weight.assign(fromData(Float64Array.from(identity), [2, 2]));
    const query = tensor([[1, 2]], { dtype: "f64" });
    const key = tensor(
      [
        [1, 0],
        [0, 3],
      ],
      { dtype: "f64" },
    );
    const value = tensor(
      [
        [5, 0],
        [0, 7],
      ],
      { dtype: "f64" },
    );
    const { output, weights } = layer.call(query, key, value);
    const [a, b] = [Math.exp(1 / Math.SQRT2), Math.exp(6 / Math.SQRT2)];
    expect(weights?.values()[0]).toBeCloseTo(a / (a + b), 14);
    expect(output.values()[0]).toBeCloseTo((5 * a) / (a + b), 14);
    expect(output.values()[1]).toBeCloseTo((7 * b) / (a + b), 14);
  });

  it("never sees the future where it is causal, whatever is there", () => {
    const rotary = new RotaryEmbedding({ features: 2 });
    for (const layer of [make(), make({ rotary }), make({ addBiasKv: true, addZeroAttn: true })]) {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 5 }), fc.nat(4), fc.nat(), (length, at, seed) => {
          const from = Math.min(at + 1, length);
          const x = drawn(`x ${seed}`, 2, length, 4);
          const other = changedFrom(x, from, seed);
          const seen = (y: Tensor): Float64Array =>
            slice(layer.call(y, y, y, { causal: true }).output, 1, {
              start: 0,
              end: from,
            }).values() as Float64Array;
          expect(seen(other)).toEqual(seen(x));
          // The tester: without the mask what comes later does matter.
          if (from < length)
            expect(slice(layer.call(other).output, 1, { start: 0, end: 1 }).values()).not.toEqual(
              slice(layer.call(x).output, 1, { start: 0, end: 1 }).values(),
            );
        }),
        { numRuns: 20 },
      );
    }
  });

  it("sends no gradient to the future either", () => {
    const layer = make();
    const x = drawn("x", 1, 4, 4).detach();
    const leaf = tensor(x.values() as Float64Array, { shape: x.shape, dtype: "f64", requiresGrad: true });
    const { output } = layer.call(leaf, leaf, leaf, { causal: true });
    backward(sum(slice(output, 1, { start: 0, end: 2 })));
    const gradient = leaf.grad?.values() as Float64Array;
    expect(gradient.slice(0, 8).every((value) => value !== 0)).toBe(true);
    expect(gradient.slice(8).every((value) => value === 0)).toBe(true);
  });

  it("is the same for a mask said in any of its forms", () => {
    const x = drawn("x", 2, 3, 4);
    const hidden = causalMask(3);
    const real = fromData(
      Float64Array.from(hidden.values(), (value) => (value ? Number.NEGATIVE_INFINITY : 0)),
      [3, 3],
    );
    const each = fromData(
      Uint8Array.from({ length: 36 }, (_, i) => hidden.values()[i % 9]),
      [4, 3, 3],
    );
    const layer = make();
    const expected = layer.call(x, x, x, { causal: true }).output.toArray();
    for (const attnMask of [hidden, real, each])
      expect(layer.call(x, x, x, { attnMask }).output.toArray()).toEqual(expected);
    const nothing = { attnMask: zeros([3, 3], "bool"), keyPaddingMask: zeros([2, 3], "bool"), causal: true };
    expect(layer.call(x, x, x, nothing).output.toArray()).toEqual(expected);
  });

  it("hides padding: the result of each sequence is that of the sequence alone", () => {
    const layer = make();
    const x = drawn("x", 2, 4, 4);
    const lengths = [2, 3];
    const { output } = layer.call(x, x, x, { keyPaddingMask: paddingMask(lengths, 4), causal: true });
    lengths.forEach((end, k) => {
      const one = slice(slice(x, 0, { start: k, end: k + 1 }), 1, { start: 0, end });
      const alone = layer.call(one, one, one, { causal: true }).output.values();
      const whole = slice(slice(output, 0, { start: k, end: k + 1 }), 1, { start: 0, end }).values();
      alone.forEach((value, i) => {
        expect(whole[i]).toBeCloseTo(value, 14);
      });
    });
  });

  it("gives NaN to a query that may see no key, and to no other", () => {
    const x = drawn("x", 1, 2, 4);
    const attnMask = tensor(
      [
        [true, true],
        [false, true],
      ] as never,
      { dtype: "bool" },
    );
    const values = make().call(x, x, x, { attnMask }).output.values();
    expect([...values].map(Number.isNaN)).toEqual([true, true, true, true, false, false, false, false]);
    const appended = make({ addZeroAttn: true }).call(x, x, x, { attnMask }).output.values();
    expect([...appended].some(Number.isNaN)).toBe(false);
  });

  it("shows weights that sum to 1, head by head or averaged, or none", () => {
    const x = drawn("x", 2, 3, 4);
    const layer = make();
    const apart = layer.call(x, x, x, { averageAttnWeights: false }).weights as Tensor;
    const mean = layer.call(x).weights as Tensor;
    expect([apart.shape, mean.shape]).toEqual([
      [2, 2, 3, 3],
      [2, 3, 3],
    ]);
    for (const weights of [apart, mean])
      for (const total of sum(weights, { axis: -1 }).values()) expect(total).toBeCloseTo(1, 14);
    expect(layer.call(x, x, x, { needWeights: false }).weights).toBeNull();
  });

  it("takes batches first, second, or none, with the same numbers", () => {
    const x = drawn("x", 1, 3, 4);
    const expected = [...make().call(x).output.values()];
    const alone = fromData(x.values().slice(), [3, 4]);
    const second = fromData(x.values().slice(), [3, 1, 4]);
    expect([...make({ batchFirst: false }).call(second).output.values()]).toEqual(expected);
    const { output, weights } = make().call(alone);
    expect([output.shape, weights?.shape]).toEqual([
      [3, 4],
      [3, 3],
    ]);
    expect([...output.values()]).toEqual(expected);
    const mapped = vmap((one: Tensor) => make().call(one).output)(x);
    expect([...mapped.values()]).toEqual(expected);
  });

  it("drops weights in training alone, from its own stream", () => {
    const x = drawn("x", 1, 8, 4);
    const layer = make({ dropout: 0.5 });
    const { weights } = layer.call(x, x, x, { averageAttnWeights: false });
    const dropped = [...(weights as Tensor).values()].filter((weight) => weight === 0).length;
    expect(dropped).toBeGreaterThan(32);
    expect(dropped).toBeLessThan(96);
    expect(layer.eval().call(x).output.toArray()).toEqual(make().call(x).output.toArray());
    expect(make({ dropout: 0.5 }).call(x).output.toArray()).toEqual(
      make({ dropout: 0.5 }).call(x).output.toArray(),
    );
  });

  it("begins as PyTorch's does: by Xavier over the three projections together, without biases", () => {
    const layer = make({ embedDim: 64, numHeads: 4, addBiasKv: true });
    const [bound, outer] = [Math.sqrt(6 / (4 * 64)), 1 / 8];
    const largest = (x: Tensor | null): number => Math.max(...(x as Tensor).values().map(Math.abs));
    expect(largest(layer.inProjWeight)).toBeLessThan(bound);
    expect(largest(layer.inProjWeight)).toBeGreaterThan(0.99 * bound);
    expect(largest(layer.outProj.weight)).toBeLessThan(outer);
    expect(largest(layer.outProj.weight)).toBeGreaterThan(0.99 * outer);
    expect(largest(layer.inProjBias)).toBe(0);
    expect(largest(layer.outProj.bias)).toBe(0);
    const spread = Math.sqrt(mean(square(layer.biasK as Tensor)).item());
    expect(spread).toBeGreaterThan(0.09); // 1/8, give or take four standard errors
    expect(spread).toBeLessThan(0.17);
  });

  it("says what does not fit", () => {
    const x = zeros([2, 3, 4], "f64");
    expect(() => make({ numHeads: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: MultiheadAttention: expected heads that divide 4 features, got 3]`,
    );
    expect(() => make({ dropout: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: MultiheadAttention: expected a dropout within [0, 1], got 2]`,
    );
    expect(() => make().call(zeros([2, 3, 5]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: MultiheadAttention: expected [batch, queries, 4], [batch, keys, 4] and [batch, keys, 4], or all without batch, got [2, 3, 5] and [2, 3, 5] and [2, 3, 5]]`,
    );
    expect(() => make().call(x, zeros([1, 3, 4], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: MultiheadAttention: expected [batch, queries, 4], [batch, keys, 4] and [batch, keys, 4], or all without batch, got [2, 3, 4] and [1, 3, 4] and [1, 3, 4]]`,
    );
    expect(() =>
      make().call(x, x, x, { attnMask: zeros([3, 2], "bool") }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: MultiheadAttention: expected a mask [3, 3] or [4, 3, 3], got [3, 2]]`,
    );
    expect(() =>
      make().call(x, x, x, { keyPaddingMask: zeros([2, 3], "i32") }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: MultiheadAttention: expected a mask of bool or reals, got i32]`,
    );
  });
});
