import { describe, expect, expectTypeOf, it } from "vitest";
import * as fluent from "../src/fluent.ts";

const { parameter, Tensor, tensor, zeros } = fluent;

describe("fluent", () => {
  it("chains operations and differentiates", () => {
    const w = parameter([
      [1, -1],
      [2, 0.5],
    ]);
    const loss = tensor([[1, 2]])
      .matmul(w)
      .add(1)
      .relu()
      .square()
      .sum();
    loss.backward();
    expect(loss.item()).toBe(37);
    expect(w.grad?.toArray()).toEqual([
      [12, 2],
      [24, 4],
    ]);
  });

  it("has the method of every function whose first operand is a tensor, with what the function gives", () => {
    const x = tensor([[4, 1, 9]], { dtype: "f64" });
    const own = ["constructor", "detach", "item", "values", "toArray", "assign", "snapshot", "toString"];
    const names = Object.getOwnPropertyNames(Tensor.prototype).filter(
      (name) => !own.includes(name) && !Object.getOwnPropertyDescriptor(Tensor.prototype, name)?.get,
    );
    expect(names.length).toBeGreaterThan(300);
    for (const name of names) expect(fluent, name).toHaveProperty(name);
    expect(x.sqrt().toArray()).toEqual([[2, 1, 3]]);
    expect(x.topk(2).values.toArray()).toEqual(fluent.topk(x, 2).values.toArray());
    expect(x.softmax().toArray()).toEqual(fluent.softmax(x).toArray());
    expect(x.layerNorm([3]).toArray()).toEqual(fluent.layerNorm(x, [3]).toArray());
    expect("einsum" in x).toBe(false);
  });

  it("keeps shapes that are known, and refuses what does not fit", () => {
    const x = zeros([2, 3]);
    const y = x
      .matmul(zeros([3, 4]))
      .add(zeros([4]))
      .tanh();
    expectTypeOf(y.shape).toEqualTypeOf<readonly [2, 4]>();
    expectTypeOf(y.sum({ axis: 0 }).shape).toEqualTypeOf<readonly [4]>();
    expectTypeOf(x.prelu(0.1).shape).toEqualTypeOf<readonly [2, 3]>();
    // @ts-expect-error: 3 and 4 do not broadcast
    expect(() => x.add(zeros([4]))).toThrow();
    // @ts-expect-error: [2, 3] and [2, 3] do not multiply
    expect(() => x.matmul(x)).toThrow();
  });
});
