import { expect, it } from "vitest";
import { backward, lpPool1d, lpPool2d, parameter, sum, zeros } from "../../../src/index.ts";

it("is a norm of each window, whose derivative at zero is zero", () => {
  const x = parameter([[0, 0, 3, 4]]);
  const y = lpPool1d(x, 2, 2);
  expect(y.toArray()).toEqual([[0, 5]]);
  backward(sum(y));
  expect(x.grad?.toArray()).toEqual([[0, 0, 0.6, 0.8].map(Math.fround)]);
});

it("weighs windows that the ceiling cuts as much as whole ones", () => {
  // One element of 2 counts as two of them.
  expect(lpPool1d(parameter([[1, 1, 2]]), 1, 2, { ceilMode: true }).toArray()).toEqual([[2, 4]]);
});

it("says what does not fit", () => {
  expect(() => lpPool2d(zeros([1, 2, 2]), 2, 3)).toThrow("lpPool2d: expected windows");
});
