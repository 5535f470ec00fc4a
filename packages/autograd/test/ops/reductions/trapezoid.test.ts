import { expect, it } from "vitest";
import { cumulativeTrapezoid, tensor, trapezoid, zeros } from "../../../src/index.ts";

const y = tensor([1, 5, 10]);

it("integrates on even and uneven places: PyTorch's", () => {
  expect(trapezoid(y, { dx: 2 }).item()).toBe(21);
  expect(trapezoid(y, { x: tensor([1, 3, 6]) }).item()).toBe(28.5);
  expect(cumulativeTrapezoid(y, { x: tensor([1, 3, 6]) }).toArray()).toEqual([6, 28.5]);
  expect(trapezoid(tensor([1])).item()).toBe(0);
});

it("goes along an axis, with places for the axis or for each row", () => {
  const rows = tensor([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(trapezoid(rows, { axis: 0 }).toArray()).toEqual([1.5, 2.5, 3.5]);
  expect(trapezoid(rows, { axis: 0, x: tensor([0, 2]) }).toArray()).toEqual([3, 5, 7]);
  expect(trapezoid(rows, { x: tensor([[0, 1, 2]]) }).toArray()).toEqual([2, 8]);
  expect(cumulativeTrapezoid(rows, { axis: 0, dx: 2 }).toArray()).toEqual([[3, 5, 7]]);
  expect(trapezoid(y, { x: zeros([4, 3]) }).shape).toEqual([4]);
  expect(() => trapezoid(tensor(1))).toThrow("trapezoid: expected an axis of a tensor of rank 0");
});
