import { deepStrictEqual } from "node:assert";
import { Generator, parameter, type Tensor, tensor } from "@isograd/autograd";
import {
  Adam,
  type AdamState,
  adam,
  chain,
  clipByGlobalNorm,
  decodeSafetensors,
  encodeSafetensors,
  Optimizer,
  type PackedState,
  packState,
  sgd,
  unpackState,
} from "@isograd/nn";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Through the bytes of a file and back. */
function saved(data: unknown): unknown {
  const { tensors, metadata } = packState(data);
  return unpackState(decodeSafetensors(encodeSafetensors(tensors, metadata)));
}

describe("packState and unpackState", () => {
  it("give back an equal copy of any plain data", () => {
    const odd = fc.constantFrom(
      Number.NaN,
      -0,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      2 ** 53,
      5e-324,
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\ud800", "__proto__", "constructor", "a.b", ""),
    );
    const data = fc.oneof(
      odd,
      fc.anything({
        key: text,
        maxDepth: 4,
        withBigInt: true,
        withNullPrototype: true,
        withTypedArray: true,
        withSparseArray: true,
        values: [
          fc.boolean(),
          fc.double(),
          odd,
          text,
          fc.integer(),
          fc.constant(null),
          fc.constant(undefined),
        ],
      }),
    );
    fc.assert(
      fc.property(data, (value) => {
        deepStrictEqual(saved(value), value); // prototypes, holes, -0 and NaN too
      }),
      { numRuns: 200 },
    );
  });

  it("keep every bit of an array, and its class", () => {
    const nans = new Float64Array(BigUint64Array.of(0x7ff8000000000001n, 0xfff0000000000123n).buffer);
    const bits = (array: Float64Array) => [...new BigUint64Array(array.buffer)];
    expect(bits(saved(nans) as Float64Array)).toEqual(bits(nans));
    expect(Buffer.from([1, 2])).toHaveLength(2);
    expect(saved(Buffer.from([1, 255]))).toStrictEqual(Uint8Array.of(1, 255));
    const extremes = {
      a: BigUint64Array.of(0n, 2n ** 64n - 1n, 2n ** 63n, 2n ** 32n),
      b: BigInt64Array.of(-1n, 2n ** 63n - 1n, -(2n ** 63n), -(2n ** 32n)),
      c: Uint32Array.of(0, 2 ** 32 - 1),
      d: Uint8ClampedArray.of(255),
    };
    expect(saved(extremes)).toStrictEqual(extremes);
  });

  it("keep what is shared, and circles", () => {
    const values = Float32Array.of(1, 2);
    const cell = { values, again: values, self: null as unknown };
    cell.self = [cell];
    const found = saved(cell) as typeof cell;
    expect(found.values).toBe(found.again);
    expect((found.self as unknown[])[0]).toBe(found);
    expect(found.values).toEqual(values);
  });

  it("go as deep as the data does", () => {
    let deep: unknown = Int32Array.of(7);
    for (let depth = 0; depth < 100_000; depth++) deep = depth % 2 === 0 ? [deep] : { deep };
    let found = saved(deep);
    for (let depth = 0; depth < 100_000; depth++)
      found = depth % 2 === 1 ? (found as unknown[])[0] : (found as { deep: unknown }).deep;
    expect(found).toEqual(Int32Array.of(7));
  });

  it("copy arrays, and name tensors by their place", () => {
    const state = {
      learningRate: 0.1,
      moments: [null, { mean: Float64Array.of(1) }],
      "moments.1": { mean: tensor(2) },
    };
    const packed = packState(state, "optimizer");
    state.moments[1]?.mean.fill(5);
    expect(Object.entries(packed.tensors).map(([name, x]) => [name, x.toArray()])).toEqual([
      ["optimizer.moments.1.mean", 2],
      ["optimizer.moments.1.mean~2", [1]],
    ]);
    expect(packed.metadata.optimizer).toMatchInlineSnapshot(
      `"{"version":1,"root":["node",0],"nodes":[["object",[["learningRate",0.1],["moments",["node",1]],["moments.1",["node",2]]]],["list",[null,["node",3]]],["object",[["mean",["tensor","Tensor","optimizer.moments.1.mean"]]]],["object",[["mean",["tensor","Float64Array","optimizer.moments.1.mean~2"]]]]]}"`,
    );
    expect((unpackState(packed, "optimizer") as typeof state).moments[1]?.mean).toEqual(Float64Array.of(1));
  });

  it("refuse what is not plain data, saying where", () => {
    expect(() => packState({ a: [1, () => 2] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: packState: expected plain data at "state.a.1", got () => 2]`,
    );
    expect(() => packState(new Map(), "best")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: packState: expected plain data at "best", got Map]`,
    );
    expect(() => packState([new Date(0)])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: packState: expected plain data at "state.0", got Date]`,
    );
    expect(() => packState({ [Symbol("s")]: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: packState: expected plain data at "state", got Object]`,
    );
    expect(() => packState({ g: new Generator(1) })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: packState: expected plain data at "state.g", got Generator]`,
    );
    expect(() => packState(new DataView(new ArrayBuffer(8)))).toThrow(/expected plain data/);
  });

  it("refuse damaged data with an error of ours, and change no prototype", () => {
    const { tensors, metadata } = packState({ a: Float32Array.of(1), b: [1n, undefined, { c: "text" }] });
    const json = metadata.state;
    expect(() => unpackState({ tensors, metadata }, "other")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: unpackState: expected the name of data that was packed, got "other"]`,
    );
    expect(() => unpackState({ tensors, metadata }, "toString")).toThrow(/name of data that was packed/);
    expect(() => unpackState({ tensors: {}, metadata })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: unpackState: expected a tensor that the file holds in the data of "state", got "state.a"]`,
    );
    expect(() =>
      unpackState({ tensors, metadata: { state: json.replace(":1,", ":2,") } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: unpackState: expected version 1 of the format in the data of "state", got 2]`,
    );
    const change = fc.tuple(fc.nat(json.length - 1), fc.constantFrom(...'{}[]",:019abnoe '));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const characters = [...json];
        for (const [at, character] of changes) characters[at] = character;
        const packed: PackedState = { tensors, metadata: { state: characters.join("") } };
        try {
          unpackState(packed);
        } catch (error) {
          expect(String(error)).toMatch(/^ArgumentError: unpackState: expected/);
        }
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("let optimizers and generators go on to the bit", () => {
    const steps = (optimizer: { parameters: readonly Tensor[]; step(): void }, from: number, to: number) => {
      for (let k = from; k < to; k++) {
        for (const parameter of optimizer.parameters) parameter.grad = tensor([Math.sin(k), 1 / (k + 1)]);
        optimizer.step();
      }
      return optimizer.parameters.map((x) => x.toArray());
    };
    const transform = chain(clipByGlobalNorm(1), sgd({ learningRate: 0.1, momentum: 0.9 }));
    for (const make of [
      (x: Tensor[], state?: unknown) => new Optimizer(x, adam({ amsgrad: true }), state as AdamState),
      (x: Tensor[], state?: unknown) => new Optimizer(x, transform, state as never),
    ]) {
      const start = () => [parameter([1, 2]), parameter([3, 4])];
      const aim = steps(make(start()), 0, 9);
      const first = make(start());
      steps(first, 0, 4);
      const parameters = first.parameters.map((x) => parameter(x.detach()));
      expect(steps(make(parameters, saved(first.state)), 4, 9)).toEqual(aim);
    }
    expect(new Adam([parameter([1])]).state).toStrictEqual(saved(new Adam([parameter([1])]).state));
    const generator = new Generator("seed");
    generator.normal();
    const again = Generator.fromState(saved(generator.state) as Generator["state"]);
    expect(again.normal()).toBe(generator.normal());
  });
});
