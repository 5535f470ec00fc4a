import { add, mul, parameter, type Tensor, tensor } from "@isograd/autograd";
import {
  BatchNorm1d,
  Linear,
  loadStateDict,
  Module,
  maxNorm,
  Sequential,
  StateDictError,
  spectralNorm,
  stateDict,
  weightNorm,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const model = () =>
  new Sequential([new Linear({ inFeatures: 2, outFeatures: 3 }), new BatchNorm1d({ numFeatures: 3 })]);

/** Two names for one layer and, below it, for one tensor; and a way back to the whole. */
class Shared extends Module {
  readonly encoder = new Linear({ inFeatures: 2, outFeatures: 2 });
  readonly decoder = this.encoder;
  readonly tied = { weight: this.encoder.weight };
  readonly parts = { whole: this };
  forward(x: Tensor): Tensor {
    return this.decoder.call(this.encoder.call(x));
  }
}

function refusal(load: () => unknown): StateDictError {
  try {
    load();
  } catch (error) {
    if (error instanceof StateDictError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("stateDict", () => {
  it("lists parameters and buffers by path", () => {
    expect(
      Object.entries(stateDict(model())).map(([path, { shape, dtype }]) => `${path} ${dtype} [${shape}]`),
    ).toMatchInlineSnapshot(`
      [
        "layers.0.weight f32 [3,2]",
        "layers.0.bias f32 [3]",
        "layers.1.weight f32 [3]",
        "layers.1.bias f32 [3]",
        "layers.1.runningMean f32 [3]",
        "layers.1.runningVariance f32 [3]",
        "layers.1.batchesTracked i32 []",
      ]
    `);
  });

  it("holds the values of now, without history, and frozen parameters too", () => {
    const layer = new Linear({ inFeatures: 1, outFeatures: 1 }).freeze();
    const state = stateDict(layer);
    const before = layer.weight.item();
    layer.weight.assign(tensor([[before + 1]]));
    expect(Object.keys(state)).toEqual(["weight", "bias"]);
    expect(state.weight.item()).toBe(before);
    expect(state.weight.requiresGrad).toBe(false);
  });

  it("leaves out what is only computed, and refuses two tensors of one path", () => {
    class Remembering extends Module {
      last: Tensor | null = null;
      parts: Record<string, unknown> = { scale: parameter([2]) };
      forward(x: Tensor): Tensor {
        this.last = mul(x, this.parts.scale as Tensor);
        return this.last;
      }
    }
    const module = new Remembering();
    module.call(tensor([3]));
    expect(Object.keys(stateDict(module))).toEqual(["parts.scale"]);
    module.parts = { "a.b": parameter([1]), a: { b: parameter([2]) } };
    expect(() => stateDict(module)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: stateDict: expected each tensor to have a path of its own, got "parts.a.b"]`,
    );
  });

  it("lists what is shared once", () => {
    expect(Object.keys(stateDict(new Shared()))).toEqual(Object.keys(stateDict(new Shared().clone())));
    expect(Object.keys(stateDict(new Shared()))).toMatchInlineSnapshot(`
      [
        "tied.weight",
        "encoder.bias",
      ]
    `);
  });
});

describe("loadStateDict", () => {
  it("makes a model compute what the other computes", () => {
    const [from, to] = [model(), model()];
    const x = tensor([[1, 2], [3, 4], [5, 7]]); // biome-ignore format: three rows
    from.call(x);
    expect(loadStateDict(to, stateDict(from))).toEqual({ missing: [], unexpected: [] });
    expect(to.eval().call(x).toArray()).toEqual(from.eval().call(x).toArray());
    expect(stateDict(to)).toEqual(stateDict(from));
  });

  it("keeps frozen parameters frozen and others learnable", () => {
    const layer = new Linear({ inFeatures: 2, outFeatures: 3 });
    layer.freeze();
    loadStateDict(layer, stateDict(new Linear({ inFeatures: 2, outFeatures: 3 })));
    expect(layer.weight.requiresGrad).toBe(false);
    layer.unfreeze();
    expect(layer.weight.requiresGrad).toBe(true);
  });

  it("reports everything that does not fit at once, and changes nothing then", () => {
    const to = model();
    const before = stateDict(to);
    const { "layers.0.bias": _, ...others } = stateDict(model());
    const values = {
      ...others,
      "layers.0.weight": tensor([[1, 2, 3]]),
      "layers.1.runningMean": tensor([1, 2, 3], { dtype: "f64" }),
      "layers.7.weight": tensor([1]),
    };
    const error = refusal(() => loadStateDict(to, values));
    expect(error.message).toMatchInlineSnapshot(
      `"loadStateDict: expected the parameters and buffers of the module; missing: layers.0.bias; unexpected: layers.7.weight; not fitting: layers.0.weight (expected [3, 2], got [1, 3]), layers.1.runningMean (expected f32, got f64)"`,
    );
    expect(error.missing).toEqual(["layers.0.bias"]);
    expect(error.unexpected).toEqual(["layers.7.weight"]);
    expect(error.misfits.map(({ name, expected, received }) => [name, expected, received])).toEqual([
      ["layers.0.weight", { shape: [3, 2], dtype: "f32" }, { shape: [1, 3], dtype: "f32" }],
      ["layers.1.runningMean", { shape: [3], dtype: "f32" }, { shape: [3], dtype: "f64" }],
    ]);
    expect(stateDict(to)).toEqual(before);
  });

  it("lets names be missing and unexpected where it is not strict, but nothing that does not fit", () => {
    const layer = new Linear({ inFeatures: 1, outFeatures: 2 });
    const weight = tensor([[5], [6]]);
    expect(loadStateDict(layer, { weight, scale: weight }, { strict: false })).toEqual({
      missing: ["bias"],
      unexpected: ["scale"],
    });
    expect(layer.weight.toArray()).toEqual([[5], [6]]);
    const error = refusal(() => loadStateDict(layer, { bias: weight }, { strict: false }));
    expect(error.misfits.map(({ name }) => name)).toEqual(["bias"]);
  });

  it("converts what the other type holds, and rounds if it is told to", () => {
    const double = new Linear({ inFeatures: 1, outFeatures: 1, bias: false, dtype: "f64" });
    const single = new Linear({ inFeatures: 1, outFeatures: 1, bias: false });
    loadStateDict(double, { weight: tensor([[0.1]]) });
    expect(double.weight.item()).toBe(Math.fround(0.1));
    const value = tensor([[0.1]], { dtype: "f64" });
    expect(() => loadStateDict(single, { weight: value })).toThrow(StateDictError);
    loadStateDict(single, { weight: value }, { cast: true });
    expect(single.weight.item()).toBe(Math.fround(0.1));
    expect(single.weight.dtype).toBe("f32");
    const norm = new BatchNorm1d({ numFeatures: 1 });
    const fractions = { ...stateDict(norm), batchesTracked: tensor(1.5) };
    expect(() => loadStateDict(norm, fractions, { cast: true })).toThrow(/expected i32, got f32/);
  });

  it("takes a shared tensor from any of its paths, and refuses two values for it", () => {
    const shared = new Shared();
    const { "encoder.bias": bias } = stateDict(new Shared());
    const weight = tensor([[1, 2], [3, 4]]); // biome-ignore format: two rows
    for (const path of [
      "tied.weight",
      "decoder.weight",
      "encoder.weight",
      "parts.whole.parts.whole.decoder.weight",
    ]) {
      loadStateDict(shared, { [path]: weight, "decoder.bias": bias });
      expect(shared.encoder.weight.toArray()).toEqual([[1, 2], [3, 4]]); // biome-ignore format: two rows
      shared.encoder.weight.assign(tensor([[0, 0], [0, 0]])); // biome-ignore format: two rows
    }
    loadStateDict(shared, {
      "encoder.weight": weight,
      "decoder.weight": tensor(weight.values() as Float32Array, { shape: [2, 2] }),
      "encoder.bias": bias,
    });
    const other = tensor([[1, 2], [3, 5]]); // biome-ignore format: two rows
    expect(
      refusal(() =>
        loadStateDict(shared, { "encoder.weight": weight, "decoder.weight": other, "encoder.bias": bias }),
      ).message,
    ).toMatchInlineSnapshot(
      `"loadStateDict: expected the parameters and buffers of the module; not fitting: decoder.weight (it is one tensor under two names, with two values)"`,
    );
  });

  it("takes a parametrized tensor in parts or whole", () => {
    const plain = new Linear({ inFeatures: 2, outFeatures: 3, dtype: "f64" });
    const made = () => weightNorm(new Linear({ inFeatures: 2, outFeatures: 3, dtype: "f64" }));
    const whole = made();
    loadStateDict(whole, stateDict(plain));
    const [found, aim] = [whole.weight.values(), plain.weight.values()];
    for (let k = 0; k < aim.length; k++) expect(found[k]).toBeCloseTo(aim[k], 14);
    const parts = made();
    expect(Object.keys(stateDict(whole)).toSorted()).toEqual([
      "bias",
      "parametrizations.weight.g",
      "parametrizations.weight.v",
    ]);
    loadStateDict(parts, stateDict(whole));
    expect(stateDict(parts)).toEqual(stateDict(whole));
    const both = { ...stateDict(whole), weight: plain.weight };
    expect(refusal(() => loadStateDict(made(), both)).unexpected).toEqual(["weight"]);
    const narrow = new Linear({ inFeatures: 1, outFeatures: 3, dtype: "f64" });
    expect(refusal(() => loadStateDict(made(), stateDict(narrow))).message).toMatchInlineSnapshot(
      `"loadStateDict: expected the parameters and buffers of the module; not fitting: weight (expected [3, 2], got [3, 1])"`,
    );
  });

  it("refuses a whole value that a parametrization does not give, and leaves all as it was", () => {
    const layer = spectralNorm(new Linear({ inFeatures: 2, outFeatures: 3 }));
    const before = stateDict(layer);
    const values = stateDict(new Linear({ inFeatures: 2, outFeatures: 3 }));
    expect(refusal(() => loadStateDict(layer, values)).message).toMatchInlineSnapshot(
      `"loadStateDict: expected the parameters and buffers of the module; not fitting: weight (its parametrization does not give this value)"`,
    );
    expect(stateDict(layer)).toEqual(before);
    const close = maxNorm(new Linear({ inFeatures: 2, outFeatures: 3 }), { maxNorm: 1 });
    const weight = tensor([[0.5, 0], [0, -0.5], [0.1, 0.1]]); // biome-ignore format: three rows
    loadStateDict(close, { ...values, weight });
    expect(close.weight.toArray()).toEqual(weight.toArray());
    expect(() => loadStateDict(close, { ...values, weight: add(weight, 3) })).toThrow(StateDictError);
  });

  it("does not take names for properties that objects have", () => {
    const layer = new Linear({ inFeatures: 1, outFeatures: 1, bias: false });
    const state = {
      ...stateDict(layer),
      constructor: tensor(1),
      "toString.call": tensor(1),
    };
    expect(refusal(() => loadStateDict(layer, state)).unexpected.toSorted()).toEqual([
      "constructor",
      "toString.call",
    ]);
  });

  it("gives back what stateDict took, whatever the containers and their keys", () => {
    class Holder extends Module {
      constructor(readonly held: unknown) {
        super();
      }
      forward(x: Tensor): Tensor {
        return x;
      }
    }
    const leaf = fc.constantFrom(...[1, 2, 3]).map((n) => parameter([n, n + 1]));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom("a", "b", "c d", "constructor"), tie("tree"), {
          maxKeys: 3,
          noNullPrototype: true,
        }),
        tie("tree").map((held) => new Holder(held)),
      ),
    }));
    fc.assert(
      fc.property(tree, (held) => {
        const holder = new Holder(held);
        const state = stateDict(holder);
        const other = holder.clone();
        for (const tensor of other.parameters()) tensor.assign(parameter([0, 0]).detach());
        loadStateDict(other, state);
        expect(stateDict(other)).toEqual(state);
      }),
    );
  });
});
