import { fromData, Generator, gelu, randn, slice, type Tensor, zeros } from "@isograd/autograd";
import {
  initialize,
  LayerNorm,
  RotaryEmbedding,
  Transformer,
  TransformerDecoder,
  TransformerEncoder,
  TransformerEncoderLayer,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const small = { dModel: 4, nhead: 2, dimFeedforward: 6, batchFirst: true, dtype: "f64" } as const;
const drawn = (name: string, ...shape: number[]): Tensor => randn(new Generator(name), shape, "f64");

/** The results up to `from`, when what comes from there on is exchanged. */
function before(x: Tensor, from: number, forward: (x: Tensor) => Tensor): number[][] {
  const [, length, features] = x.shape;
  const other = Float64Array.from(x.values(), (value, i) =>
    Math.trunc(i / features) % length >= from ? 10 - 3 * value : value,
  );
  return [x, fromData(other, x.shape)].map((y) => [
    ...slice(forward(y), 1, { start: 0, end: from }).values(),
  ]);
}

describe("transformers", () => {
  it("never see the future where they are causal, however deep", () => {
    const encoder = new TransformerEncoder({
      ...small,
      numLayers: 3,
      normFirst: true,
      activation: gelu,
      rotary: new RotaryEmbedding({ features: 2 }),
    }).eval();
    const decoder = new TransformerDecoder({ ...small, numLayers: 2 }).eval();
    const memory = drawn("memory", 2, 3, 4);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.nat(), (length, seed) => {
        const x = drawn(`x ${seed}`, 2, length, 4);
        const from = 1 + (seed % (length - 1));
        const [seen, changed] = before(x, from, (y) => encoder.call(y, { srcCausal: true }));
        expect(changed).toEqual(seen);
        const [told, untold] = before(x, from, (y) => decoder.call(y, memory, { tgtCausal: true }));
        expect(untold).toEqual(told);
        const [all, other] = before(x, from, (y) => encoder.call(y));
        expect(other).not.toEqual(all);
      }),
      { numRuns: 10 },
    );
  });

  it("draw each layer for itself, and again from seed and path", () => {
    const build = (): TransformerEncoder =>
      new TransformerEncoder({ ...small, numLayers: 2, generator: new Generator(3) });
    const model = build();
    const [first, second] = model.layers.map(({ linear1 }) => linear1.weight.toArray());
    expect(first).not.toEqual(second);
    expect(build().layers[1].linear1.weight.toArray()).toEqual(second);
    initialize(model, { seed: 1 });
    const anew = build();
    initialize(anew, { seed: 1 });
    expect(anew.parameters().map((each) => each.toArray())).toEqual(
      model.parameters().map((each) => each.toArray()),
    );
  });

  it("drop in training: 0.1 of the elements unless told otherwise", () => {
    const layer = new TransformerEncoderLayer(small);
    const parts = [layer.dropout, layer.dropout1, layer.dropout2].map(({ probability }) => probability);
    expect([...parts, layer.selfAttn.dropout]).toEqual([0.1, 0.1, 0.1, 0.1]);
    const x = drawn("x", 2, 5, 4);
    expect(layer.call(x).toArray()).not.toEqual(layer.call(x).toArray());
    layer.eval();
    expect(layer.call(x).toArray()).toEqual(layer.call(x).toArray());
  });

  it("end with a norm where they are given one; a whole one has two", () => {
    const norm = new LayerNorm({ normalizedShape: 4, dtype: "f64" });
    const x = drawn("x", 2, 5, 4);
    const generator = (): Generator => new Generator(3);
    const plain = new TransformerEncoder({ ...small, numLayers: 1, generator: generator() }).eval();
    const normed = new TransformerEncoder({ ...small, numLayers: 1, norm, generator: generator() }).eval();
    expect(normed.call(x).toArray()).toEqual(norm.call(plain.call(x)).toArray());
    const { encoder, decoder } = new Transformer({ ...small, numEncoderLayers: 2, numDecoderLayers: 1 });
    expect([encoder.layers.length, decoder.layers.length]).toEqual([2, 1]);
    expect([encoder.norm, decoder.norm].every((each) => each instanceof LayerNorm)).toBe(true);
  });

  it("say what does not fit, and where", () => {
    expect(() => new Transformer({ ...small, nhead: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: MultiheadAttention: expected heads that divide 4 features, got 3]`,
    );
    expect(() => new TransformerEncoder({ ...small, numLayers: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: TransformerEncoder: expected numLayers to be a positive integer, got 0]`,
    );
    expect(
      () => new TransformerEncoderLayer({ ...small, activation: "relu" as never }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: TransformerLayer: expected an activation, a function, got "relu"]`,
    );
    const model = new Transformer({ ...small, numEncoderLayers: 1, numDecoderLayers: 1 });
    const x = zeros([2, 3, 4], "f64");
    expect(() => model.call(x, zeros([1, 3, 4], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: MultiheadAttention: expected [batch, queries, 4], [batch, keys, 4] and [batch, keys, 4], or all without batch, got [1, 3, 4] and [2, 3, 4] and [2, 3, 4] (in decoder.layers.0.multiheadAttn)]`,
    );
    expect(() => model.call(x, x, { memoryMask: zeros([2, 3], "bool") })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: MultiheadAttention: expected a mask [3, 3] or [4, 3, 3], got [2, 3] (in decoder.layers.0.multiheadAttn)]`,
    );
  });
});
