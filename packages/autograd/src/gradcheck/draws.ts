import { fromData } from "../create.ts";
import { allocate } from "../dtype.ts";
import type { Generator } from "../random.ts";
import { sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Uniform draws from [-1, 1), none of them zero. */
export function draw(generator: Generator, count: number): Float64Array {
  const values = new Float64Array(count);
  generator.fillUniform(values);
  return values.map((value) => (value === 0.5 ? 1 : 2 * value - 1));
}

/** A cotangent drawn from ±[0.5, 1.5): no output goes unseen. */
export function drawCotangent(generator: Generator, { shape, dtype }: Tensor): Tensor {
  const data = allocate(dtype, sizeOf(shape));
  draw(generator, data.length).forEach((value, k) => {
    data[k] = value + Math.sign(value) * 0.5;
  });
  return fromData(data, shape);
}

/** Some of the numbers below `total`, ascending. */
export function drawPlaces(generator: Generator, total: number, count: number): number[] {
  const places = new Set<number>();
  while (places.size < Math.min(count, total)) {
    for (const value of draw(generator, count - places.size))
      places.add(Math.floor(((value + 1) / 2) * total) % total);
  }
  return [...places].sort((a, b) => a - b);
}
