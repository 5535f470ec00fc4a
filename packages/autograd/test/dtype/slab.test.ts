import { expect, it } from "vitest";
import { slabs } from "../../src/dtype/slab.ts";
import { type Dtype, memory, type TypedArray } from "../../src/dtype.ts";
import { matmul } from "../../src/ops/products/matmul.ts";

const dtypes: readonly Dtype[] = ["bool", "i32", "f32", "f64"];

it("gives every array memory of its own that holds zeros, whatever was written to those before", () => {
  const arrays = dtypes.flatMap((dtype) =>
    Array.from({ length: 200 }, (_, k) => {
      const data = slabs[dtype].allocate((k * 37) % 1100);
      expect(data.every((value) => value === 0)).toBe(true);
      return data.fill((k % 100) + 1);
    }),
  );
  arrays.forEach((data, k) => {
    expect(data.every((value) => value === ((k % 200) % 100) + 1)).toBe(true);
  });
});

it.each(dtypes)("keeps no more than 64 times an array from being collected for its sake: %s", (dtype) => {
  const shares = Array.from({ length: 4200 }, (_, size) => {
    const data = slabs[dtype].allocate(size);
    return [data.byteLength, data.buffer.byteLength / data.byteLength] as const;
  });
  for (const [bytes, share] of shares) {
    if (bytes > 64 && bytes <= 4096) {
      expect(share).toBeGreaterThanOrEqual(32);
      expect(share).toBeLessThanOrEqual(64);
    } else if (bytes > 0) expect(share).toBe(1);
  }
});

it.each(dtypes)("gives single numbers places of their own that hold zeros: %s", (dtype) => {
  const seen = new Map<TypedArray, number>();
  const places = Array.from({ length: 200 }, () => slabs[dtype].single());
  for (const { data, offset } of places) {
    expect(data[offset]).toBe(0);
    data[offset] = 1;
    expect(data.byteLength).toBe(64);
    seen.set(data, (seen.get(data) ?? 0) + 1);
  }
  expect(Math.max(...seen.values())).toBe([...seen.keys()][0].length);
});

it.each(dtypes)("makes arrays that are not cleared, of memory of their own: %s", (dtype) => {
  const arrays = [10, 70_000, 70_001, 70_000].map((size) => slabs[dtype].uncleared(size));
  arrays.forEach((data, k) => {
    data.fill(k + 1);
  });
  expect(arrays.map(({ length }) => length)).toEqual([10, 70_000, 70_001, 70_000]);
  arrays.forEach((data, k) => {
    expect(data.every((value) => value === k + 1)).toBe(true);
    if (k > 0) expect(data.buffer.byteLength).toBe(data.byteLength);
  });
});

it("come with products", () => {
  expect(matmul).toBeTypeOf("function");
  expect(memory.by).toBe(slabs);
});
