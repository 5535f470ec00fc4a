import { add, full, mul, noGrad, parameter, tensor } from "@isograd/autograd";
import { expect, it } from "vitest";
import { leavingUntouched } from "../../src/trace/untouched.ts";

it("gives what was read its value and grad again, however it ends", () => {
  const [leaf, buffer] = [parameter([1, 2]), tensor([3, 4])];
  const [leafData, bufferData] = [leaf.data, buffer.data];
  leaf.grad = full([2], 7);
  const before = leaf.grad;
  const change = (): void => {
    mul(leaf, buffer);
    leaf.assign(tensor([5, 6]));
    leaf.grad = null;
    noGrad(() => buffer.assign(add(buffer, 1)));
  };
  leavingUntouched(change);
  expect([leaf.data, buffer.data, leaf.grad]).toEqual([leafData, bufferData, before]);
  expect(leaf.data).toBe(leafData);
  expect(buffer.data).toBe(bufferData);
  expect(() =>
    leavingUntouched(() => {
      change();
      throw new Error("in the middle");
    }),
  ).toThrow("in the middle");
  expect(leaf.data).toBe(leafData);
  expect(buffer.data).toBe(bufferData);
  expect(leaf.grad).toBe(before);
});

it("leaves alone what was made meanwhile", () => {
  const made = leavingUntouched(() => {
    const sum = noGrad(() => add(tensor([1]), 1));
    mul(sum, 2);
    sum.assign(tensor([9]));
    return sum;
  });
  expect(made.toArray()).toEqual([9]);
});
