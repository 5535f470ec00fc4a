import { describe, expect, expectTypeOf, it } from "vitest";
import {
  add,
  exp,
  Generator,
  grad,
  matmul,
  max,
  mean,
  mul,
  parameter,
  permute,
  randn,
  relu,
  reshape,
  type Shape,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "../src/index.ts";

// What the compiler knows must be what happens: each type stands beside the shape at run time.

describe("shapes that were written out", () => {
  it("are known of new tensors", () => {
    const nested = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expectTypeOf(nested).toEqualTypeOf<Tensor<readonly [2, 3]>>();
    expectTypeOf(nested.shape).toEqualTypeOf<readonly [2, 3]>();
    expect(nested.shape).toEqual([2, 3]);
    expectTypeOf(tensor(1)).toEqualTypeOf<Tensor<readonly []>>();
    expectTypeOf(tensor(new Float64Array(6), { shape: [3, 2] })).toEqualTypeOf<Tensor<readonly [3, 2]>>();
    expectTypeOf(zeros([4, 1])).toEqualTypeOf<Tensor<readonly [4, 1]>>();
    expectTypeOf(parameter([7])).toEqualTypeOf<Tensor<readonly [1]>>();
    expectTypeOf(randn(new Generator(1), [2, 2])).toEqualTypeOf<Tensor<readonly [2, 2]>>();
  });

  it("follow operations", () => {
    const [a, b] = [zeros([2, 3]), zeros([3, 4])];
    const product = matmul(a, b);
    expectTypeOf(product).toEqualTypeOf<Tensor<readonly [2, 4]>>();
    expect(product.shape).toEqual([2, 4]);
    const batched = matmul(zeros([5, 1, 2, 3]), zeros([7, 3, 4]));
    expectTypeOf(batched).toEqualTypeOf<Tensor<readonly [5, 7, 2, 4]>>();
    expect(batched.shape).toEqual([5, 7, 2, 4]);
    expectTypeOf(matmul(a, zeros([3]))).toEqualTypeOf<Tensor<readonly [2]>>();
    expectTypeOf(matmul(zeros([3]), b)).toEqualTypeOf<Tensor<readonly [4]>>();
    expectTypeOf(matmul(zeros([3]), zeros([3]))).toEqualTypeOf<Tensor<readonly []>>();

    const stretched = add(zeros([2, 1, 3]), zeros([4, 1]));
    expectTypeOf(stretched).toEqualTypeOf<Tensor<readonly [2, 4, 3]>>();
    expect(stretched.shape).toEqual([2, 4, 3]);
    expectTypeOf(mul(a, 2)).toEqualTypeOf<Tensor<readonly [2, 3]>>();
    expectTypeOf(exp(a)).toEqualTypeOf<Tensor<readonly [2, 3]>>();
    expectTypeOf(relu(a)).toEqualTypeOf<Tensor<readonly [2, 3]>>();

    const moved = permute(zeros([2, 3, 4]), [2, 0, 1]);
    expectTypeOf(moved).toEqualTypeOf<Tensor<readonly [4, 2, 3]>>();
    expect(moved.shape).toEqual([4, 2, 3]);
    expectTypeOf(transpose(a)).toEqualTypeOf<Tensor<readonly [3, 2]>>();
    const reshaped = reshape(a, [3, -1]);
    expectTypeOf(reshaped).toEqualTypeOf<Tensor<readonly [3, number]>>();
    expect(reshaped.shape).toEqual([3, 2]);
  });

  it("shrink under reductions", () => {
    const x = zeros([2, 3, 4]);
    expectTypeOf(sum(x)).toEqualTypeOf<Tensor<readonly []>>();
    const last = mean(x, { axis: -1 });
    expectTypeOf(last).toEqualTypeOf<Tensor<readonly [2, 3]>>();
    expect(last.shape).toEqual([2, 3]);
    const outer = max(x, { axis: [0, 2], keepDims: true });
    expectTypeOf(outer).toEqualTypeOf<Tensor<readonly [1, 3, 1]>>();
    expect(outer.shape).toEqual([1, 3, 1]);
    expectTypeOf(sum(x, { axis: [0, -1] })).toEqualTypeOf<Tensor<readonly [3]>>();
    const axis: number = 1;
    expectTypeOf(sum(x, { axis })).toEqualTypeOf<Tensor>();
  });
});

describe("a mismatch", () => {
  it("is reported on the argument", () => {
    const run = (f: () => unknown): unknown => expect(f).toThrow();
    // @ts-expect-error: Misfit<"expected shapes that broadcast, got [2, 3] and [2]">
    run(() => add(zeros([2, 3]), zeros([2])));
    // @ts-expect-error: Misfit<"expected [..., m, k] and [..., k, n], got [2, 3] and [2, 3]">
    run(() => matmul(zeros([2, 3]), zeros([2, 3])));
    // @ts-expect-error: a scalar is no matrix
    run(() => matmul(zeros([]), zeros([2, 3])));
    // @ts-expect-error: the batches do not broadcast
    run(() => matmul(zeros([2, 2, 3]), zeros([3, 3, 2])));
  });

  it("is not seen where an extent is unknown, before it happens", () => {
    const n: number = 5;
    const partly = zeros([n, 3]);
    expectTypeOf(partly).toEqualTypeOf<Tensor<readonly [number, 3]>>();
    expect(() => matmul(zeros([2, 3]), partly)).toThrow();
    expectTypeOf(add(partly, zeros([5, 1]))).toEqualTypeOf<Tensor<readonly [5, 3]>>();
    // @ts-expect-error: 3 and 4 do not broadcast, whatever n is
    expect(() => add(partly, zeros([4]))).toThrow();
  });
});

describe("unknown shapes", () => {
  it("fit everywhere, and everything fits them", () => {
    const dynamic: Tensor = zeros([2, 3]);
    expectTypeOf(dynamic.shape).toEqualTypeOf<Shape>();
    const claimed: Tensor<readonly [2, 3]> = dynamic;
    expectTypeOf(add(claimed, dynamic)).toEqualTypeOf<Tensor>();
    let total = zeros([]);
    for (const x of [dynamic, claimed]) total = add(total, sum(x as Tensor));
    const sizes: number[] = [2, 3];
    expectTypeOf(zeros(sizes)).toEqualTypeOf<Tensor>();
    const rows: number[][] = [[1, 2]];
    expectTypeOf(tensor(rows)).toEqualTypeOf<Tensor<readonly [number, number]>>();
    expect([dynamic, claimed].map(exp).reduce(add).shape).toEqual([2, 3]);
  });

  it("stay out of the way of functions of tensors", () => {
    const loss = (w: Tensor<readonly [2, 3]>, x: Tensor): Tensor => sum(matmul(w, x));
    expectTypeOf(grad(loss)).returns.toEqualTypeOf<Tensor<readonly [2, 3]>>();
    interface Layer {
      weight: Tensor<readonly [2, 3]>;
      bias?: Tensor;
    }
    class Model {
      layers: Layer[] = [{ weight: zeros([2, 3]) }];
      forward(x: Tensor): Tensor {
        return this.layers.reduce((y: Tensor, { weight }) => relu(matmul(weight, y)), x);
      }
    }
    const gradient = grad((model: Model, x: Tensor) => sum(model.forward(x)));
    expectTypeOf(gradient(new Model(), zeros([3])).layers[0].weight).toEqualTypeOf<Tensor<readonly [2, 3]>>();
  });
});
