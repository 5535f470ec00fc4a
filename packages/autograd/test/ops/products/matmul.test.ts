import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backward,
  broadcastShapes,
  flip,
  matmul,
  parameter,
  permute,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from "../../../src/index.ts";
import { sizeOf } from "../../../src/shape.ts";
import { samplesOf } from "../../laws/samples.ts";

const { numbers } = samplesOf("ops/products/matmul");

/** The product by loops over matrices whose batch axes broadcast. */
function naive(a: Tensor, b: Tensor): { readonly shape: number[]; readonly data: number[] } {
  const [left, right] = [a.rank === 1 ? [1, ...a.shape] : a.shape, b.rank === 1 ? [...b.shape, 1] : b.shape];
  const [m, k, n] = [left.at(-2) as number, left.at(-1) as number, right.at(-1) as number];
  const batch = broadcastShapes("naive", [left.slice(0, -2), right.slice(0, -2)]);
  const data: number[] = [];
  const [x, y] = [a.values(), b.values()];
  const place = (own: readonly number[], index: number): number => {
    let [rest, position, step] = [index, 0, 1];
    const places: number[] = [];
    for (let axis = batch.length - 1; axis >= 0; axis--) {
      places[axis] = rest % batch[axis];
      rest = Math.floor(rest / batch[axis]);
    }
    for (let axis = own.length - 1; axis >= 0; axis--) {
      position += (own[axis] === 1 ? 0 : places[axis + batch.length - own.length]) * step;
      step *= own[axis];
    }
    return position;
  };
  for (let t = 0; t < sizeOf(batch); t++) {
    const [p, q] = [place(left.slice(0, -2), t) * m * k, place(right.slice(0, -2), t) * k * n];
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let total = 0;
        for (let l = 0; l < k; l++) total += x[p + i * k + l] * y[q + l * n + j];
        data.push(total);
      }
  }
  return { shape: [...batch, ...(a.rank > 1 ? [m] : []), ...(b.rank > 1 ? [n] : [])], data };
}

const extent = fc.integer({ min: 1, max: 4 });
const batchExtent = fc.constantFrom(1, 1, 2, 3);
const operands = fc.record({
  m: extent,
  k: fc.integer({ min: 0, max: 9 }),
  n: extent,
  batch: fc.array(batchExtent, { maxLength: 2 }),
  ranks: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  stretch: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  views: fc.tuple(
    fc.constantFrom("dense", "transposed", "flipped"),
    fc.constantFrom("dense", "transposed", "flipped"),
  ),
});

describe("matmul", () => {
  it("agrees with loops: all ranks, batches that broadcast, views", () => {
    fc.assert(
      fc.property(operands, ({ m, k, n, batch, ranks, stretch, views }) => {
        const full = [
          [m, k],
          [k, n],
        ].map((matrix, which): number[] => {
          if (ranks[which] === 1) return [k];
          const kept = batch.slice(Math.max(0, batch.length - (ranks[which] - 2)));
          return [...kept.map((size, axis) => (stretch[2 * which + axis] ? 1 : size)), ...matrix];
        });
        const [a, b] = full.map((shape, which) => {
          if (views[which] === "transposed" && shape.length > 1)
            return transpose(
              numbers([...shape.slice(0, -2), shape.at(-1) as number, shape.at(-2) as number]),
            );
          return views[which] === "flipped" ? flip(numbers(shape), [-1]) : numbers(shape);
        });
        const [product, expected] = [matmul(a, b), naive(a, b)];
        expect(product.shape).toEqual(expected.shape);
        product.values().forEach((value, at) => {
          expect(value).toBeCloseTo(expected.data[at], 12);
        });
      }),
      { numRuns: 200 },
    );
  });

  it("of nothing is nothing, or zero", () => {
    expect(matmul(zeros([0, 3]), zeros([3, 2])).shape).toEqual([0, 2]);
    expect(matmul(zeros([2, 0]), zeros([0, 2])).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(matmul(zeros([0]), zeros([0])).item()).toBe(0);
    expect(matmul(zeros([0, 2, 3]), zeros([3, 1])).shape).toEqual([0, 2, 1]);
  });

  it("takes whole numbers and mixed element types", () => {
    const whole = matmul(tensor([[1, 2]], { dtype: "i32" }), tensor([[3], [4]], { dtype: "i32" }));
    expect([whole.dtype, whole.toArray()]).toEqual(["i32", [[11]]]);
    expect(matmul(tensor([[0.5]]), tensor([[3]], { dtype: "f64" })).dtype).toBe("f64");
    expect(matmul(tensor([1.5]), tensor([2], { dtype: "i32" }))).toMatchObject({ dtype: "f32", shape: [] });
  });

  it("keeps NaN and infinities, where they meet zeros too", () => {
    expect(matmul(tensor([[Number.NaN, 0]]), tensor([[0], [1]])).item()).toBeNaN();
    expect(matmul(tensor([[Number.POSITIVE_INFINITY, 1]]), tensor([[0], [1]])).item()).toBeNaN();
    expect(matmul(tensor([[Number.POSITIVE_INFINITY, 1]]), tensor([[1], [1]])).item()).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it("sums the gradients of stretched batches", () => {
    const [a, b] = [parameter(numbers([2, 2, 3])), parameter(numbers([3, 2]))];
    backward(sum(matmul(a, b)));
    expect([a.grad?.shape, b.grad?.shape]).toEqual([
      [2, 2, 3],
      [3, 2],
    ]);
    const columns = sum(permute(a.detach(), [2, 0, 1]), { axis: [1, 2] });
    (b.grad as Tensor).values().forEach((value, at) => {
      expect(value).toBeCloseTo(columns.values()[Math.floor(at / 2)], 12);
    });
  });
});
