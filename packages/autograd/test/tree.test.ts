import { describe, expect, it } from "vitest";
import { leavesOf, mapTree, mul, type Tensor, tensor } from "../src/index.ts";

const [a, b, c] = [tensor([1]), tensor([2]), tensor([3])];
const double = (x: Tensor): Tensor => mul(x, 2);

describe("leaves", () => {
  it("come with their paths, in the order of their keys", () => {
    const tree = { z: a, inner: { list: [b, "text", { deep: c }], n: 5, nothing: null } };
    expect(leavesOf(tree)).toEqual([
      { path: "z", tensor: a },
      { path: "inner.list.0", tensor: b },
      { path: "inner.list.2.deep", tensor: c },
    ]);
    expect(leavesOf(a)).toEqual([{ path: "", tensor: a }]);
    expect(leavesOf([a, [b]]).map(({ path }) => path)).toEqual(["0", "1.0"]);
    for (const none of [null, undefined, 5, "text", new Float64Array(3), {}])
      expect(leavesOf(none)).toEqual([]);
  });

  it("are found in circles, and of shared containers once", () => {
    const circle: Record<string, unknown> = { a };
    circle.self = circle;
    circle.list = [circle, b];
    expect(leavesOf(circle).map(({ path }) => path)).toEqual(["a", "list.1"]);
    const shared = { b };
    expect(leavesOf([shared, shared])).toHaveLength(1);
    expect(leavesOf([a, a])).toHaveLength(2);
  });

  it("may lie deep", () => {
    let tree: unknown = a;
    for (let k = 0; k < 100_000; k++) tree = [tree];
    expect(leavesOf(tree)).toHaveLength(1);
    expect(leavesOf(mapTree(tree, double))[0].tensor.toArray()).toEqual([2]);
  });
});

describe("mapping", () => {
  it("keeps the structure, the classes, and what is no tensor", () => {
    class Layer {
      readonly weight = a;
      readonly name = "layer";
      get twice(): Tensor {
        return double(this.weight);
      }
    }
    const data = new Float64Array(2);
    const tree = { layer: new Layer(), list: [b, 7, data], f: double };
    const mapped = mapTree(tree, double);
    expect(mapped.layer).toBeInstanceOf(Layer);
    expect([mapped.layer.weight.toArray(), mapped.layer.twice.toArray(), mapped.layer.name]).toEqual([
      [2],
      [4],
      "layer",
    ]);
    expect(Array.isArray(mapped.list)).toBe(true);
    expect([(mapped.list[0] as Tensor).toArray(), mapped.list[1], mapped.list[2]]).toEqual([[4], 7, data]);
    expect(mapped.f).toBe(double);
    expect(tree.layer.weight).toBe(a);
  });

  it("keeps sharing and circles", () => {
    const shared = { a };
    const tree: Record<string, unknown> = { one: shared, two: shared, list: [a, a] };
    tree.self = tree;
    const mapped = mapTree(tree, double) as {
      one: { a: Tensor };
      two: unknown;
      self: unknown;
      list: Tensor[];
    };
    expect(mapped.one).toBe(mapped.two);
    expect(mapped.self).toBe(mapped);
    expect(mapped.list[0]).toBe(mapped.list[1]);
    expect(mapped.list[0]).toBe(mapped.one.a);
  });

  it("replaces a tree that is a tensor, and leaves numbers alone", () => {
    expect(mapTree(a, double).toArray()).toEqual([2]);
    expect(mapTree(5, double)).toBe(5);
  });
});
