import { describe, expect, it } from "vitest";
import {
  ArgumentError,
  activations,
  arange,
  backward,
  checkGradients,
  concat,
  conv2d,
  DtypeError,
  expand,
  eye,
  flatten,
  Generator,
  GraphError,
  gather,
  grad,
  gradients,
  IsogradError,
  indexSelect,
  linspace,
  logicalNot,
  matmul,
  max,
  maxPool2d,
  mul,
  NonFiniteError,
  oneHot,
  ones,
  onGradient,
  pad,
  parameter,
  permute,
  rand,
  randn,
  reshape,
  ShapeError,
  select,
  slice,
  split,
  squeeze,
  stack,
  sum,
  type Tensor,
  tensor,
  where,
  windows,
  zeros,
} from "../src/index.ts";

const x = zeros([2, 3]);

describe("the classes", () => {
  it("are one family, with fields to read", () => {
    const shape = new ShapeError("matmul", [[1, 2], []], "expected this");
    expect(shape).toMatchObject({
      name: "ShapeError",
      operation: "matmul",
      shapes: [[1, 2], []],
      rule: "expected this",
    });
    expect(shape.message).toBe("matmul: expected this, got [1, 2] and []");
    const dtype = new DtypeError("add", ["f32", "i32"], "expected one");
    expect(dtype).toMatchObject({ name: "DtypeError", operation: "add", dtypes: ["f32", "i32"] });
    expect(dtype.message).toBe("add: expected one, got f32 and i32");
    const graph = new GraphError("backward", "was freed");
    expect(graph.message).toBe("backward: was freed");
    const origin = {
      operation: "log",
      direction: "forward",
      scope: "",
      site: undefined,
      operands: [],
    } as const;
    expect(new NonFiniteError("no", origin)).toMatchObject({ name: "NonFiniteError", message: "no", origin });
    for (const error of [
      shape,
      dtype,
      graph,
      new ArgumentError("f", "expected", 1),
      new NonFiniteError("no"),
    ]) {
      expect(error).toBeInstanceOf(IsogradError);
      expect(error).toBeInstanceOf(Error);
    }
  });

  it.each([
    ["text", `f: expected a number, got "text"`],
    [null, "f: expected a number, got null"],
    [undefined, "f: expected a number, got undefined"],
    [[1, "a", [2]], `f: expected a number, got [1, "a", [2]]`],
    [{ a: 1 }, "f: expected a number, got Object"],
    [Object.create(null), "f: expected a number, got an object"],
    [new Map(), "f: expected a number, got Map"],
    [Number.NaN, "f: expected a number, got NaN"],
    [5n, "f: expected a number, got 5"],
    [Symbol("s"), "f: expected a number, got Symbol(s)"],
  ])("describe what came: %s", (received, message) => {
    expect(new ArgumentError("f", "expected a number", received).message).toBe(message);
  });
});

describe("messages", () => {
  it("of making tensors", () => {
    expect(() => tensor([[1, 2], [3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expected rows of equal length at axis 1, got [2] and [1]]`,
    );
    expect(() => tensor([[1], 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expected rows of equal length at axis 1, got [1] and []]`,
    );
    expect(() => tensor(["a"] as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensor: expected numbers, nested arrays of numbers or a typed array, got "a"]`,
    );
    expect(() => tensor([1, 2, 3], { shape: [2, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: expected a shape of 3 elements, got [2, 2]]`,
    );
    expect(() => tensor([1], { dtype: "i32", requiresGrad: true })).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: requiresGrad: only f32 and f64 carry gradients, got i32]`,
    );
    expect(() => zeros([2, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: zeros: expected extents that are integers and not negative, got [2, -1]]`,
    );
    expect(() => randn(new Generator(1), [2], { dtype: "f64" } as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: randn: expected a dtype: bool, i32, f32 or f64, got Object]`,
    );
    for (const make of [
      () => arange(0, 1, 1, "f16" as never),
      () => linspace(0, 1, 2, "f16" as never),
      () => eye(2, "f16" as never),
      () => rand(new Generator(1), [2], 0, 1, "f16" as never),
    ])
      expect(make).toThrow(/: expected a dtype: bool, i32, f32 or f64, got "f16"$/);
    expect(() => zeros([1.5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: zeros: expected extents that are integers and not negative, got [1.5]]`,
    );
    expect(() => arange(0, 5, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: arange: expected a step that is not zero, got 0]`,
    );
    expect(() => x.item()).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: item: expected exactly one element, got [2, 3]]`,
    );
    expect(() => parameter(parameter([1]))).not.toThrow();
  });

  it("of shapes", () => {
    expect(() => mul(x, zeros([2]) as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: mul: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2, 3] and [2]]`,
    );
    expect(() => matmul(x, x as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: expected [..., m, k] and [..., k, n], got [2, 3] and [2, 3]]`,
    );
    expect(() => matmul(zeros([3]), zeros([2]) as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: expected [..., m, k] and [..., k, n], got [3] and [2]]`,
    );
    expect(() => matmul(zeros([]), x as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: expected [..., m, k] and [..., k, n], got [] and [2, 3]]`,
    );
    expect(() => matmul(zeros([2, 2, 3]), zeros([3, 3, 2]) as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2, 2, 3] and [3, 3, 2]]`,
    );
    expect(() => reshape(x, [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: expected two shapes of the same size, with at most one extent -1, got [2, 3] and [4]]`,
    );
    expect(() => reshape(x, [-1, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: expected two shapes of the same size, with at most one extent -1, got [2, 3] and [-1, -1]]`,
    );
    expect(() => reshape(x, [4, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: expected two shapes of the same size, with at most one extent -1, got [2, 3] and [4, -1]]`,
    );
    expect(() => expand(x, [3, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: expand: expected shapes that broadcast (equal extents, or 1, from the last axis), got [2, 3] and [3, 3]]`,
    );
    expect(() => permute(x, [0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: permute: expected each axis of a tensor of rank 2 once, got [0, 0]]`,
    );
    expect(() => permute(x, [0])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: permute: expected each axis of a tensor of rank 2 once, got [0]]`,
    );
    expect(() => squeeze(x, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: squeeze: expected extent 1 at axis 0, got [2, 3]]`,
    );
    expect(() => flatten(x, 0, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: flatten: expected an axis of a tensor of rank 2, got 2]`,
    );
    expect(() => sum(x, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sum: expected an axis of a tensor of rank 2, got 2]`,
    );
    expect(() => sum(x, { axis: [0, -2] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sum: expected each axis once, got [0, -2]]`,
    );
    expect(() => sum(x, { axis: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: sum: expected an axis of a tensor of rank 2, got 0.5]`,
    );
    expect(() => max(zeros([0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: max: expected at least one element along each axis, got [0]]`,
    );
    expect(() => concat([x, zeros([2, 4])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: expected equal extents but at axis 0, got [2, 3] and [2, 4]]`,
    );
    expect(() => concat([])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: concat: expected at least one tensor, got []]`,
    );
    expect(() => stack([x, zeros([3, 2])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: stack: expected equal shapes, got [2, 3] and [3, 2]]`,
    );
    expect(() => split(x, [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: split: expected sizes that add up to the extent of axis 0, got [2, 3] and [1, 2]]`,
    );
    expect(() => select(x, 0, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: select: expected a position of an axis of extent 2, got 2]`,
    );
    expect(() => slice(x, 0, { step: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: slice: expected an integer step that is not zero, got 0]`,
    );
    expect(() => pad(x, [[1, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: pad: expected 2 pairs of integers, got [[1, 1]]]`,
    );
    expect(() => windows(x, [1], [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: windows: expected windows that fit into their axes, got [2, 3] and [4]]`,
    );
    expect(() => windows(x, [1], [2], { stride: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: windows: expected a stride that is a positive integer, got 0]`,
    );
    expect(() => conv2d(zeros([1, 3, 4, 4]), zeros([2, 2, 2, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: expected [batch, channels, height, width] and [filters, channels / 1, height, width], got [1, 3, 4, 4] and [2, 2, 2, 2]]`,
    );
    expect(() => conv2d(zeros([1, 1, 2, 2]), zeros([1, 1, 3, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: expected a kernel that fits into the padded input, got [1, 1, 2, 2] and [1, 1, 3, 3]]`,
    );
    expect(() => maxPool2d(x, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: expected [batch, channels, height, width], or the same without batch, got [2, 3]]`,
    );
  });

  it("of element types and indices", () => {
    expect(() => where(x, 1, 2)).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: where: expected a condition of bool, got f32]`,
    );
    expect(() => gather(x, 0, zeros([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: gather: expected an index of i32, got f32]`,
    );
    expect(() => gather(x, 0, tensor([0], { dtype: "i32" }))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: gather: expected an index of the same rank, not larger but along axis 0, got [2, 3] and [1]]`,
    );
    expect(() => gather(x, 0, tensor([[2]], { dtype: "i32" }))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: gather: expected positions from 0 to 1, got 2]`,
    );
    expect(() => indexSelect(x, 1, tensor([-1], { dtype: "i32" }))).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: indexSelect: expected positions from 0 to 2, got -1]`,
    );
    expect(() => oneHot(tensor([3], { dtype: "i32" }), 3)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: oneHot: expected positions from 0 to 2, got 3]`,
    );
    expect(() => concat([x, zeros([1, 3], "f64")])).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: concat: expected one element type, got f32 and f64]`,
    );
    expect(() => x.assign(zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: assign: expected the same shape, got [2, 3] and [3]]`,
    );
    expect(() => x.assign(zeros([2, 3], "f64"))).toThrowErrorMatchingInlineSnapshot(
      `[DtypeError: assign: expected the same element type, got f32 and f64]`,
    );
  });

  it("of graphs", () => {
    const w = parameter([1, 2]);
    const loss = sum(mul(w, w));
    expect(() => backward(mul(w, w))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: backward: expected one element, or a cotangent of the output's shape, got [2]]`,
    );
    expect(() => backward(loss, { cotangent: ones([2]) })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: backward: expected a cotangent of the output's shape, got [] and [2]]`,
    );
    expect(() => backward(tensor(1))).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: backward: no gradient flows to this tensor: nothing it was made from requires one, or it was made under noGrad]`,
    );
    expect(() => mul(w, w).assign(w)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: assign: only a leaf can take a new value, and an operation made this tensor]`,
    );
    expect(() => onGradient(tensor(1), () => undefined)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: onGradient: expected a tensor that gradients flow to, got Tensor]`,
    );
    expect(() => gradients(loss, [tensor(1)])).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: gradients: no gradient flows to this tensor: nothing it was made from requires one, or it was made under noGrad]`,
    );
    expect(() =>
      gradients(loss, [w, parameter([3])], { unused: "error", retainGraph: true }),
    ).toThrowErrorMatchingInlineSnapshot(`[GraphError: gradients: the output does not depend on input 1]`);
    expect(() => grad((v: typeof w) => mul(v, v))(w)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: grad: expected one element, or a cotangent of the output's shape, got [2]]`,
    );
    expect(() => grad((_: number) => loss)(1 as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: grad: expected argument 0 to hold tensors of reals, got 1]`,
    );
    expect(() => (grad(() => 1 as never) as (x: unknown) => unknown)(w)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: grad: expected a function that returns a tensor, got 1]`,
    );
    expect(() => checkGradients(() => 1, w)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGradients: expected a function that returns tensors of reals, got 1]`,
    );
    expect(() => checkGradients(() => w, "nothing")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkGradients: expected inputs that hold tensors of reals, got "nothing"]`,
    );
    backward(loss);
    expect(() => backward(loss)).toThrowErrorMatchingInlineSnapshot(
      `[GraphError: backward: the graph of sum was freed by an earlier sweep; pass retainGraph: true to the first sweep to go through it twice]`,
    );
  });

  it("of mixing tensors and expressions", () => {
    expect(() => activations.relu("x" as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensor: expected a tensor or a number, got "x"]`,
    );
    expect(() => mul(x, "2" as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensor: expected a tensor or a number, got "2"]`,
    );
    expect(() => logicalNot(undefined as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: tensor: expected a tensor or a number, got undefined]`,
    );
  });
});
