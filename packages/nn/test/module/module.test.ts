import {
  add,
  backward,
  detectAnomaly,
  Generator,
  graphNodes,
  log,
  mul,
  NonFiniteError,
  parameter,
  randn,
  ShapeError,
  square,
  sum,
  type Tensor,
  tanh,
  tensor,
  withScope,
  zeros,
} from "@isograd/autograd";
import { ActivationLayer, Dropout, Linear, Module, onCall, Residual, Sequential } from "@isograd/nn";
import { describe, expect, it } from "vitest";

const linear = (inFeatures: number, outFeatures: number) => new Linear({ inFeatures, outFeatures });

class Branches extends Module {
  readonly first = linear(3, 3);
  readonly blocks = { left: [linear(3, 3), linear(3, 3)], right: new Sequential([linear(3, 3)]) };
  readonly shared = this.first;
  readonly table = zeros([3]);
  note: unknown = "anything";

  forward(x: Tensor): Tensor {
    let result = add(this.first.call(x), this.table);
    for (const block of this.blocks.left) result = block.call(result);
    return this.shared.call(this.blocks.right.call(result));
  }
}

const x = (): Tensor => randn(new Generator(1), [2, 3]);

describe("what a module holds", () => {
  it("is found in arrays, plain objects and modules, each once, by the first way to it", () => {
    const model = new Branches();
    expect(model.namedModules().map(({ path }) => path)).toEqual([
      "",
      "first",
      "blocks.left.0",
      "blocks.left.1",
      "blocks.right",
      "blocks.right.layers.0",
    ]);
    expect(model.namedParameters().map(({ path }) => path)).toEqual([
      "first.weight",
      "first.bias",
      "blocks.left.0.weight",
      "blocks.left.0.bias",
      "blocks.left.1.weight",
      "blocks.left.1.bias",
      "blocks.right.layers.0.weight",
      "blocks.right.layers.0.bias",
    ]);
    expect(model.namedBuffers().map(({ path }) => path)).toEqual(["table"]);
    expect(model.modules()).toHaveLength(6);
  });

  it("may hold itself", () => {
    const model = new Branches();
    model.note = { back: [model] };
    expect(model.modules()).toHaveLength(6);
    expect(model.clone().note).toEqual({ back: [expect.any(Branches)] });
  });

  it("is walked by loop, however deep", () => {
    let model = new Sequential([linear(1, 1)]);
    for (let depth = 0; depth < 20_000; depth++) model = new Sequential([model]);
    expect(model.parameters()).toHaveLength(2);
    expect(model.clone().parameters()).toHaveLength(2);
  });
});

describe("train, eval and freeze", () => {
  it("reach all modules", () => {
    const model = new Branches();
    expect(model.eval()).toBe(model);
    expect(model.modules().map(({ training }) => training)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(
      model
        .train()
        .modules()
        .every(({ training }) => training),
    ).toBe(true);
  });

  it("keep frozen parameters among the parameters, without gradient until unfrozen", () => {
    const model = new Branches();
    model.first.freeze();
    expect(model.namedBuffers().map(({ path }) => path)).toEqual(["table"]);
    backward(sum(square(model.call(x()))));
    expect(model.parameters().map(({ grad }) => grad === null)).toEqual([
      true,
      true,
      ...Array(6).fill(false),
    ]);
    const copy = model.clone();
    model.unfreeze();
    backward(sum(square(model.call(x()))));
    expect(model.first.weight.grad).not.toBeNull();
    expect(copy.first.weight.requiresGrad).toBe(false);
    expect(copy.unfreeze().first.weight.requiresGrad).toBe(true);
  });
});

describe("clone", () => {
  it("copies shared parts once and keeps them shared", () => {
    const copy = new Branches().clone();
    expect(copy.shared).toBe(copy.first);
    expect(copy.parameters()).toHaveLength(8);
  });

  it("copies generators: the copy draws what the original would have drawn", () => {
    const model = new Sequential([new Dropout({ generator: new Generator(3) })]);
    model.call(x());
    const copy = model.clone();
    const drawn = model.call(x()).toArray();
    model.call(x());
    expect(copy.call(x()).toArray()).toEqual(drawn);
  });

  it("leaves hooks and gradients behind", () => {
    const model = linear(3, 2);
    let calls = 0;
    onCall(model, () => void calls++);
    backward(sum(model.call(x())));
    const copy = model.clone();
    copy.call(x());
    expect(calls).toBe(1);
    expect(copy.weight.grad).toBeNull();
  });
});

describe("call", () => {
  it("names the place of each operation by the properties that lead there", () => {
    const places = graphNodes(new Branches().call(x())).flatMap(({ op, scope }) =>
      op === null ? [] : [scope],
    );
    expect([...new Set(places)]).toEqual([
      "first",
      "",
      "blocks.left.0",
      "blocks.left.1",
      "blocks.right.layers.0",
    ]);
  });

  it("names functions among layers by their place too", () => {
    const model = new Sequential([linear(3, 3), tanh, new Residual({ inner: tanh })]);
    const scopes = graphNodes(model.call(x())).flatMap(({ op, scope }) =>
      op?.name === "tanh" ? [scope] : [],
    );
    expect(scopes).toEqual(["layers.1", "layers.2.inner"]);
  });

  it("follows modules that move, and stands below the caller's own scope", () => {
    const model = new Sequential([linear(3, 3), linear(3, 3)]);
    const scopes = () =>
      graphNodes(withScope("net", () => model.call(x()))).flatMap(({ op, scope }) => (op ? [scope] : []));
    expect(new Set(scopes())).toEqual(new Set(["net.layers.0", "net.layers.1"]));
    model.layers.reverse();
    const [first] = model.layers;
    model.layers.push(first);
    expect(new Set(scopes())).toEqual(new Set(["net.layers.0", "net.layers.1"]));
  });

  it("names the innermost place in errors", () => {
    const model = new Sequential([new Sequential([linear(3, 4), linear(3, 2)])]);
    expect(() => model.call(x())).toThrow(ShapeError);
    expect(() => model.call(x())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: linear: expected [..., in] and a weight [out, in] or [in], got [2, 4] and [2, 3] (in layers.0.layers.1)]`,
    );
    // The place of the failed call does not stick.
    expect(() => linear(3, 4).call(zeros([2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: linear: expected [..., in] and a weight [out, in] or [in], got [2, 2] and [4, 3]]`,
    );
  });

  it("names the place of the first value that is not finite, in anomaly mode", () => {
    const model = new Sequential([(value: Tensor) => value, new ActivationLayer(log)]);
    const fail = () => detectAnomaly(() => model.call(tensor([-1])));
    expect(fail).toThrow(NonFiniteError);
    expect(fail).toThrow(/layers\.1/);
  });

  it("passes several inputs and any output", () => {
    class Scaled extends Module<[value: Tensor, factor: number], { readonly result: Tensor }> {
      readonly weight = parameter([2]);
      forward(value: Tensor, factor: number): { readonly result: Tensor } {
        return { result: mul(mul(value, this.weight), factor) };
      }
    }
    expect(new Scaled().call(tensor([3]), 5).result.toArray()).toEqual([30]);
  });
});

describe("onCall", () => {
  it("shows inputs, output and place, may replace the output, and ends", () => {
    const model = new Sequential([linear(3, 2), (value: Tensor) => value]);
    const seen: string[] = [];
    const handle = onCall(model.layers[0] as Linear, ({ inputs: [input], output, path }) => {
      seen.push(`${path} ${input.shape} ${output.shape}`);
      return zeros(output.shape);
    });
    expect(model.call(x()).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    handle.remove();
    expect(model.call(x()).toArray()).not.toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(seen).toEqual(["layers.0 2,3 2,2"]);
  });

  it("ends with the block it is used in", () => {
    const model = linear(3, 2);
    let calls = 0;
    {
      using _ = onCall(model, () => void calls++);
      model.call(x());
    }
    model.call(x());
    expect(calls).toBe(1);
  });
});

describe("apply", () => {
  it("visits children before those that hold them, in their order", () => {
    const model = new Branches();
    const seen: string[] = [];
    expect(model.apply((module, path) => seen.push(`${path} ${module.constructor.name}`))).toBe(model);
    expect(seen).toEqual([
      "first Linear",
      "blocks.left.0 Linear",
      "blocks.left.1 Linear",
      "blocks.right.layers.0 Linear",
      "blocks.right Sequential",
      " Branches",
    ]);
  });
});
