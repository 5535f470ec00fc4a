import { expect, it } from "vitest";
import { Slab, slabFor } from "../../src/dtype/slab.ts";
import { allocate, type Dtype } from "../../src/dtype.ts";

const dtypes: readonly Dtype[] = ["bool", "i32", "f32", "f64"];

it("gives every array memory of its own that holds zeros, whatever was written to those before", () => {
  const arrays = dtypes.flatMap((dtype) =>
    Array.from({ length: 200 }, (_, k) => {
      const data = allocate(dtype, (k * 37) % 1100);
      expect(data.every((value) => value === 0)).toBe(true);
      return data.fill((k % 100) + 1);
    }),
  );
  arrays.forEach((data, k) => {
    expect(data.every((value) => value === ((k % 200) % 100) + 1)).toBe(true);
  });
});

it("lets parts begin where numbers of every type may, and end where the buffer ends", () => {
  const slab = new Slab(256);
  expect([slab.take(65), slab.take(65), slab.take(100)]).toEqual([0, 72, 144]);
  const first = slab.buffer;
  expect(slab.take(8)).toBe(248);
  expect(slab.buffer).toBe(first);
  expect(slab.take(1)).toBe(0);
  expect(slab.buffer).not.toBe(first);
});

it("keeps no more than 64 times an array from being collected for its sake", () => {
  for (let bytes = 65; bytes <= 4096; bytes += 13) {
    const { bytes: whole } = slabFor(bytes) as Slab;
    expect(whole / bytes).toBeLessThanOrEqual(64);
    expect(whole / bytes).toBeGreaterThanOrEqual(32);
  }
  expect(slabFor(64)).toBeUndefined();
  expect(slabFor(4097)).toBeUndefined();
  expect(slabFor(-1)).toBeUndefined();
  expect(allocate("f32", 1025).buffer.byteLength).toBe(4100);
  expect(allocate("f32", 16).buffer.byteLength).toBe(64);
});
