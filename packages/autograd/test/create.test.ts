import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toTensor } from "../src/create.ts";
import {
  arange,
  backward,
  eye,
  fromData,
  full,
  Generator,
  linspace,
  mul,
  ones,
  parameter,
  rand,
  randn,
  sum,
  tensor,
  zeros,
} from "../src/index.ts";

describe("tensor", () => {
  it("takes numbers, nested arrays, truth values and typed arrays", () => {
    expect(tensor(3)).toMatchObject({ shape: [], dtype: "f32" });
    expect(tensor([[1, 2, 3]])).toMatchObject({ shape: [1, 3], dtype: "f32" });
    expect(tensor([[[1], [2]]])).toMatchObject({ shape: [1, 2, 1] });
    expect(tensor([])).toMatchObject({ shape: [0], dtype: "f32" });
    expect(tensor([[], []])).toMatchObject({ shape: [2, 0] });
    expect(tensor(true)).toMatchObject({ shape: [], dtype: "bool" });
    expect(tensor([true, false]).toArray()).toEqual([1, 0]);
    expect(tensor(Float64Array.of(1, 2))).toMatchObject({ shape: [2], dtype: "f64" });
    expect(tensor(Int32Array.of(1))).toMatchObject({ dtype: "i32" });
    expect(tensor(Uint8Array.of(1))).toMatchObject({ dtype: "bool" });
  });

  it("converts to the element type asked for", () => {
    expect(tensor([1.5, -1.5], { dtype: "i32" }).toArray()).toEqual([1, -1]);
    expect(tensor([0.5, 0, Number.NaN], { dtype: "bool" }).toArray()).toEqual([1, 0, 1]);
    expect(tensor([true], { dtype: "f64" }).toArray()).toEqual([1]);
    expect(tensor([0.1]).item()).toBe(Math.fround(0.1));
  });

  it("copies what it is given", () => {
    const data = Float32Array.of(1, 2);
    const x = tensor(data);
    data[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
    const shared = fromData(data, [2]);
    data[1] = 8;
    expect(shared.toArray()).toEqual([9, 8]);
  });

  it("gives flat data a shape", () => {
    expect(tensor([1, 2, 3, 4], { shape: [2, 2] }).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(tensor(new Float32Array(0), { shape: [0, 4] }).shape).toEqual([0, 4]);
  });

  it("reads back what it was made from", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 }), (shape) => {
        const x = arange(
          0,
          shape.reduce((size, extent) => size * extent, 1),
          1,
          "i32",
        );
        const shaped = tensor(x.data, { shape });
        // Behind an axis of extent 0 the nested arrays cannot tell the rest of the shape.
        if (!shape.includes(0)) expect(tensor(shaped.toArray(), { dtype: "i32" })).toEqual(shaped);
      }),
    );
  });
});

describe("parameters", () => {
  it("are new leaves", () => {
    const source = tensor([1, 2], { dtype: "f64" });
    const w = parameter(source);
    expect(w).toMatchObject({ dtype: "f64", isLeaf: true, requiresGrad: true });
    expect(source.requiresGrad).toBe(false);
    const again = parameter(mul(w, 2));
    backward(sum(again));
    expect(w.grad).toBeNull();
    expect(again.grad?.toArray()).toEqual([1, 1]);
    expect(parameter([1], { dtype: "f64" }).dtype).toBe("f64");
  });
});

describe("filled", () => {
  it("with one number", () => {
    expect(full([2], 1.5).toArray()).toEqual([1.5, 1.5]);
    expect(Object.is(full([], -0).item(), -0)).toBe(true);
    expect(zeros([2, 1]).toArray()).toEqual([[0], [0]]);
    expect(ones([2], "i32")).toMatchObject({ dtype: "i32" });
    expect(full([2], 3, "bool").toArray()).toEqual([1, 1]);
  });

  it("with steps", () => {
    expect(arange(0, 5).toArray()).toEqual([0, 1, 2, 3, 4]);
    expect(arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
    expect(arange(1, 1).toArray()).toEqual([]);
    expect(arange(2, 1).toArray()).toEqual([]);
    expect(arange(0, 1, 0.25, "f64").toArray()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(linspace(0, 1, 5, "f64").toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(linspace(3, 9, 1).toArray()).toEqual([3]);
    expect(linspace(0, 1, 0).toArray()).toEqual([]);
    expect(linspace(0, 0.3, 4, "f64").values()[3]).toBe(0.3);
    expect(() => arange(0, Number.POSITIVE_INFINITY)).toThrow("arange");
  });

  it("with an identity", () => {
    expect(eye(2, "f64").toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(eye(0).shape).toEqual([0, 0]);
    for (const bad of [-1, 1.5]) {
      expect(() => eye(bad)).toThrow("eye: expected extents");
      expect(() => linspace(0, 1, bad)).toThrow("linspace: expected extents");
      expect(() => zeros([bad])).toThrow("zeros: expected extents");
      expect(() => ones([bad])).toThrow("ones: expected extents");
    }
  });

  it("with draws that a seed repeats", () => {
    const [a, b] = [randn(new Generator(1), [1000], "f64"), randn(new Generator(1), [1000], "f64")];
    expect(a).toEqual(b);
    expect(randn(new Generator(2), [1000], "f64")).not.toEqual(a);
    const mean = sum(a).item() / 1000;
    expect(Math.abs(mean)).toBeLessThan(0.15);
    const uniform = rand(new Generator(1), [1000], 2, 3, "f64").values();
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...uniform)).toBeLessThan(3);
    expect(Math.max(...uniform) - Math.min(...uniform)).toBeGreaterThan(0.9);
  });
});

describe("numbers among operands", () => {
  it("become scalars of the partner's type", () => {
    expect(toTensor(2, "f64")).toMatchObject({ shape: [], dtype: "f64" });
    expect(toTensor(2, "i32").dtype).toBe("i32");
    expect(toTensor(2.5, "i32").dtype).toBe("f32");
    expect(toTensor(2, "bool").dtype).toBe("i32");
    const x = tensor([1]);
    expect(toTensor(x)).toBe(x);
  });

  it("are remembered, both zeros apart, and for ever right", () => {
    expect(toTensor(0.5)).toBe(toTensor(0.5));
    expect(Object.is(toTensor(0, "f64").item(), 0)).toBe(true);
    expect(Object.is(toTensor(-0, "f64").item(), -0)).toBe(true);
    expect(Object.is(toTensor(0, "f64").item(), 0)).toBe(true);
    for (let k = 0; k < 1000; k++) expect(toTensor(k / 8, "f64").item()).toBe(k / 8);
    expect(toTensor(Number.NaN).item()).toBeNaN();
  });
});
