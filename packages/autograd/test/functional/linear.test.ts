import { expect, it } from "vitest";
import {
  add,
  backward,
  bilinear,
  Generator,
  linear,
  matmul,
  mul,
  parameter,
  permute,
  printGraph,
  randn,
  select,
  sum,
  type Tensor,
  tensor,
  transpose,
  vmap,
  zeros,
} from "../../src/index.ts";

const draw = (seed: number, shape: readonly number[]): Tensor => randn(new Generator(seed), shape, "f64");

it("maps by rows of the weight, and drops the axis of a single output", () => {
  const weight = tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(linear(tensor([1, 10]), weight, tensor([0, 0, 1])).toArray()).toEqual([21, 43, 66]);
  expect(linear(tensor([[1, 10]]), tensor([3, 4])).toArray()).toEqual([43]);
});

it("is linear in each of two operands, by loops", () => {
  const [left, right, weight, bias] = [draw(1, [5, 2]), draw(2, [5, 3]), draw(3, [4, 2, 3]), draw(4, [4])];
  const [a, b, w, c] = [left, right, weight, bias].map((x) => x.values());
  const result = bilinear(left, right, weight, bias);
  expect(result.shape).toEqual([5, 4]);
  result.values().forEach((value, k) => {
    const [row, out] = [Math.floor(k / 4), k % 4];
    let sum = c[out];
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++) sum += a[row * 2 + i] * w[(out * 2 + i) * 3 + j] * b[row * 3 + j];
    expect(value).toBeCloseTo(sum, 13);
  });
});

it("says what does not fit", () => {
  expect(() => bilinear(zeros([2]), zeros([3]), zeros([4, 3, 2]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: bilinear: expected [..., left], [..., right] and [out, left, right], got [2] and [3] and [4, 3, 2]]`,
  );
  for (const weight of [zeros([3, 4]), zeros([]), zeros([1, 3, 2])])
    expect(() => linear(zeros([2]), weight)).toThrow(/linear: expected \[\.\.\., in\] and a weight/);
  expect(() => linear(zeros([]), zeros([3, 4]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: linear: expected [..., in] and a weight [out, in] or [in], got [] and [3, 4]]`,
  );
});

it("gives each row of a batch what it gives the row alone", () => {
  const [x, weight, bias] = [draw(1, [2, 0, 3]), draw(2, [4, 3]), draw(3, [4])];
  expect(linear(x, weight, bias).shape).toEqual([2, 0, 4]);
  const batch = draw(4, [2, 5, 3]);
  const result = linear(batch, weight, bias);
  for (let i = 0; i < 2; i++)
    expect(select(result, 0, i).toArray()).toEqual(linear(select(batch, 0, i), weight, bias).toArray());
});

const gradientsOf = (f: (...operands: Tensor[]) => Tensor, operands: readonly Tensor[]): Tensor[] => {
  const leaves = operands.map((x) => parameter(x));
  const value = f(...leaves);
  backward(sum(mul(value, draw(9, value.shape))));
  return leaves.map(({ grad }) => grad as Tensor);
};

it("has the gradients of a product and a sum, whatever the layout", () => {
  const [weight, bias] = [draw(2, [4, 3]), draw(3, [4])];
  const layouts: readonly [Tensor, Tensor, Tensor][] = [
    [draw(1, [5, 3]), weight, bias],
    [draw(1, [2, 5, 3]), weight, bias],
    [permute(draw(1, [3, 5, 2]), [2, 1, 0]), transpose(draw(2, [3, 4])), bias],
    [draw(1, [3]), weight, bias],
    [draw(1, [5, 3]), weight, draw(3, [1])],
    [draw(1, [5, 3]), weight, draw(3, [5, 1])],
  ];
  for (const operands of layouts) {
    const product = (x: Tensor, w: Tensor): Tensor => matmul(x, transpose(w));
    const fused = [...gradientsOf(linear, operands), ...gradientsOf(linear, operands.slice(0, 2))];
    const apart = [
      ...gradientsOf((x, w, b) => add(product(x, w), b), operands),
      ...gradientsOf(product, operands.slice(0, 2)),
    ];
    fused.forEach((gradient, k) => {
      expect(gradient.shape).toEqual(operands[k % 3].shape);
      apart[k].values().forEach((value, at) => {
        expect(gradient.values()[at]).toBeCloseTo(value, 12);
      });
    });
  }
});

it("lays the gradient to its weight out as the weight: an optimizer reads both in order", () => {
  const x = draw(1, [2, 5, 3]);
  for (const weight of [parameter(draw(2, [4, 3])), parameter(draw(2, [3, 4]))]) {
    const isFirst = weight.shape[0] === 4;
    for (const bias of [draw(3, [4]), null]) {
      weight.grad = null;
      backward(sum(linear(x, isFirst ? weight : transpose(weight), bias)));
      expect((weight.grad as Tensor | null)?.strides).toEqual(weight.strides);
    }
  }
});

it("is one operation with its bias", () => {
  const [x, weight, bias] = [draw(1, [2, 3]), parameter(draw(2, [4, 3])), parameter(draw(3, [4]))];
  expect(printGraph(linear(x, weight, bias))).toContain("linear");
  expect(printGraph(linear(x, weight, bias))).not.toContain("add");
  expect(
    linear(x.detach(), weight, tensor([Number.NaN], { dtype: "f64" }))
      .values()
      .every(Number.isNaN),
  ).toBe(true);
  expect(() => linear(x, weight, zeros([3]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: linear: expected shapes that broadcast (equal extents, or 1, from the last axis), got [3] and [2, 4]]`,
  );
  expect(() => linear(x, weight, zeros([5, 2, 4]))).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: linear: expected a bias that stretches to the product, got [5, 2, 4] and [2, 4]]`,
  );
});

it("maps over examples of any of its operands", () => {
  const operands = [draw(1, [6, 2, 3]), draw(2, [6, 4, 3]), draw(3, [6, 4])];
  for (let which = 1; which < 8; which++) {
    const isMapped = operands.map((_, k) => (which >> k) % 2 === 1);
    const given = operands.map((x, k) => (isMapped[k] ? x : select(x, 0, 0)));
    const inAxes = isMapped.map((mapped) => (mapped ? 0 : null));
    const result = vmap((x: Tensor, w: Tensor, b: Tensor) => linear(x, w, b), { inAxes })(
      given[0],
      given[1],
      given[2],
    );
    for (let example = 0; example < 6; example++) {
      const [x, w, b] = operands.map((each, k) => select(each, 0, isMapped[k] ? example : 0));
      const expected = linear(x, w, b).values();
      select(result, 0, example)
        .values()
        .forEach((value, at) => {
          expect(value).toBeCloseTo(expected[at], 12);
        });
    }
  }
});

it("takes whole numbers, mixed element types, and nothing", () => {
  const whole = { dtype: "i32" } as const;
  const result = linear(tensor([[1, 2]], whole), tensor([[3, 4]], whole), tensor([1], whole));
  expect([result.dtype, result.toArray()]).toEqual(["i32", [[12]]]);
  expect(linear(tensor([[1, 2]]), tensor([[3, 4]], whole), tensor([1], { dtype: "f64" })).dtype).toBe("f64");
  const bias = parameter([1, 2]);
  expect(linear(zeros([3, 0]), zeros([2, 0]), bias).toArray()).toEqual(Array(3).fill([1, 2]));
  expect(linear(zeros([1, 0]), zeros([2, 0])).toArray()).toEqual([[0, 0]]);
  const weight = parameter(zeros([2, 0]));
  backward(sum(linear(zeros([3, 0]), weight, bias)));
  expect([weight.grad?.shape, bias.grad?.toArray()]).toEqual([
    [2, 0],
    [3, 3],
  ]);
});
