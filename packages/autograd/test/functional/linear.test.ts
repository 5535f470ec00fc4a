import { expect, it } from "vitest";
import { bilinear, Generator, linear, randn, select, type Tensor, tensor, zeros } from "../../src/index.ts";

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
