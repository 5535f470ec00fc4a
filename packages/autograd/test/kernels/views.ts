import fc from "fast-check";
import type { Strided } from "../../src/kernels/strided.ts";
import { sizeOf } from "../../src/shape.ts";

/** The elements in row-major order, read one by one. */
export function elementsOf({ data, shape, strides, offset }: Strided): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, index) => {
    let [rest, position] = [index, offset];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position += (rest % shape[axis]) * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return data[position];
  });
}

/** Views of every kind: permuted, backwards, with gaps, stretched, offset, with axes of extent 1 and 0, of rank 0 to 4. */
export function anyView(
  extents: fc.Arbitrary<number> = fc.integer({ min: 0, max: 4 }),
): fc.Arbitrary<Strided> {
  const axis = fc.record({
    extent: extents,
    gap: fc.integer({ min: 1, max: 2 }),
    kind: fc.constantFrom("forward", "backward", "stretched"),
  });
  return fc
    .record({
      axes: fc.array(axis, { maxLength: 4 }),
      offset: fc.integer({ min: 0, max: 3 }),
      order: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
    })
    .map(({ axes, offset, order }) => {
      const ranked = axes.map((_, k) => k).sort((a, b) => order[a] - order[b]);
      const strides = new Array<number>(axes.length).fill(0);
      let [step, start] = [1, offset];
      for (const k of ranked) {
        const { extent, gap, kind } = axes[k];
        if (kind === "stretched") continue;
        strides[k] = kind === "forward" ? step * gap : -step * gap;
        if (kind === "backward") start += step * gap * Math.max(0, extent - 1);
        step *= gap * Math.max(1, extent);
      }
      const data = Float64Array.from({ length: step + start + 1 }, (_, k) => ((k * 37) % 23) - 11);
      return { data, shape: axes.map(({ extent }) => extent), strides, offset: start };
    });
}
