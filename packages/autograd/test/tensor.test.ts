import { describe, expect, it } from "vitest";
import {
  add,
  backward,
  expand,
  fromData,
  mul,
  parameter,
  permute,
  slice,
  sum,
  Tensor,
  tensor,
  zeros,
} from "../src/index.ts";
import { track } from "../src/tensor.ts";

const grid = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);

describe("reading", () => {
  it("tells shape, size, rank and strides", () => {
    expect(grid).toMatchObject({
      shape: [2, 3],
      size: 6,
      rank: 2,
      dtype: "f32",
      strides: [3, 1],
      offset: 0,
      requiresGrad: false,
      isLeaf: true,
      grad: null,
    });
    expect(tensor(5)).toMatchObject({ shape: [], size: 1, rank: 0, strides: [] });
  });

  it("gives the elements as numbers, arrays and nested arrays", () => {
    expect(tensor(5).item()).toBe(5);
    expect(tensor([[[7]]]).item()).toBe(7);
    expect(slice(grid, 1, { start: 2 }).toArray()).toEqual([[3], [6]]);
    expect(slice(slice(grid, 0, { start: 1 }), 1, { start: 2 }).item()).toBe(6);
    expect(Array.from(permute(grid, [1, 0]).values())).toEqual([1, 4, 2, 5, 3, 6]);
    expect(tensor(5).toArray()).toBe(5);
    expect(zeros([2, 0, 3]).toArray()).toEqual([[], []]);
    expect(zeros([0]).toArray()).toEqual([]);
    expect(zeros([1, 2, 1]).toArray()).toEqual([[[0], [0]]]);
  });

  it("shares storage between views", () => {
    const view = permute(grid, [1, 0]);
    expect(view.data).toBe(grid.data);
    expect(expand(tensor([1]), [3]).data).toHaveLength(1);
    expect(grid.values()).toBe(grid.data);
  });
});

describe("detach", () => {
  it("keeps the values and drops the history", () => {
    const w = parameter([1, 2]);
    const y = mul(w, 3).detach();
    expect(y.requiresGrad).toBe(false);
    expect(y.toArray()).toEqual([3, 6]);
    backward(sum(add(mul(w, 2), y)));
    expect(w.grad?.toArray()).toEqual([2, 2]);
  });
});

describe("assign and snapshot", () => {
  it("binds a new value to a leaf, of views too", () => {
    const w = parameter([1, 2]);
    w.assign(slice(tensor([9, 8, 7]), 0, { step: -2 }));
    expect(w.toArray()).toEqual([7, 9]);
    expect(w.requiresGrad).toBe(true);
  });

  it("leaves recorded graphs as they were", () => {
    const w = parameter([3]);
    const y = sum(mul(w, w));
    w.assign(tensor([100]));
    backward(y);
    expect(w.grad?.toArray()).toEqual([6]);
    expect(y.item()).toBe(9);
  });

  it("works on constants", () => {
    const c = tensor([1]);
    c.assign(tensor([2]));
    expect(c.item()).toBe(2);
  });

  it("takes a snapshot that does not move, and is tracked like the leaf", () => {
    const w = parameter([1]);
    const before = w.snapshot();
    w.assign(tensor([5]));
    expect([before.item(), w.item()]).toEqual([1, 5]);
    expect(before.node).toBe(w.node);
    backward(sum(mul(before, 7)));
    expect(w.grad?.toArray()).toEqual([7]);
  });
});

describe("leaves", () => {
  it("are made by the user, results by operations", () => {
    const w = parameter([1]);
    expect([w.isLeaf, w.requiresGrad]).toEqual([true, true]);
    const y = mul(w, 2);
    expect([y.isLeaf, y.requiresGrad]).toEqual([false, true]);
    expect(mul(tensor([1]), 2)).toMatchObject({ isLeaf: true, requiresGrad: false });
  });

  it("hold reals and are tracked once", () => {
    expect(() => track(tensor([1], { dtype: "i32" }))).toThrow("only f32 and f64 carry gradients");
    expect(() => track(parameter([1]))).toThrow("not tracked yet");
    expect(track(tensor([1]), "layer").node).toMatchObject({ scope: "layer", label: "layer (leaf)" });
  });
});

it("prints itself, also in Node", () => {
  expect(String(grid)).toBe("tensor([[1, 2, 3],\n        [4, 5, 6]], f32)");
  expect((grid as unknown as Record<symbol, () => string>)[Symbol.for("nodejs.util.inspect.custom")]()).toBe(
    String(grid),
  );
  expect(fromData(Float64Array.of(1), [])).toBeInstanceOf(Tensor);
});
