import { fromData, type Generator, type Tensor, tensor } from "@isograd/autograd";
import type { Batch } from "@isograd/diagnostics";
import { readMnist } from "../../../../examples/demo/data/mnist.ts";

/** As many examples as asked for, drawn from the generator. */
export type Problem = (generator: Generator, count: number) => Batch;

const batchOf = (inputs: number[][], targets: Tensor): Batch => ({
  inputs: fromData(Float32Array.from(inputs.flat()), [inputs.length, inputs[0].length]),
  targets,
});

const labels = (values: readonly number[]): Tensor => tensor(Int32Array.from(values));

/** Three arms that wind around each other once and a half. */
export const spirals: Problem = (generator, count) => {
  const classes = Array.from({ length: count }, () => generator.integer(3));
  const inputs = classes.map((label) => {
    const along = Math.sqrt(generator.uniform());
    const angle = 3 * Math.PI * along + (2 * Math.PI * label) / 3 + 0.15 * generator.normal();
    return [1.7 * along * Math.cos(angle), 1.7 * along * Math.sin(angle)];
  });
  return batchOf(inputs, labels(classes));
};

/** Eight clouds around the corners of a cube, whose class is the parity of the corner: no plane parts them. */
export const parity: Problem = (generator, count) => {
  const corners = Array.from({ length: count }, () => [0, 1, 2].map(() => generator.integer(2)));
  const inputs = corners.map((corner) => [
    ...corner.map((side) => 2 * side - 1 + 0.45 * generator.normal()),
    ...[0, 1, 2].map(() => generator.normal()),
  ]);
  return batchOf(inputs, labels(corners.map(([a, b, c]) => (a + b + c) % 2)));
};

/** One ring in another, with noise. */
export const circles: Problem = (generator, count) => {
  const classes = Array.from({ length: count }, () => generator.integer(2));
  const inputs = classes.map((label) => {
    const angle = 2 * Math.PI * generator.uniform();
    const radius = (label === 0 ? 1.6 : 0.9) + 0.2 * generator.normal();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return batchOf(inputs, labels(classes));
};

const regression =
  (size: number, f: (x: readonly number[]) => number): Problem =>
  (generator, count) => {
    const inputs = Array.from({ length: count }, () =>
      Array.from({ length: size }, () => generator.normal()),
    );
    const targets = inputs.map((x) => f(x) + 0.1 * generator.normal());
    return batchOf(inputs, fromData(Float32Array.from(targets), [count, 1]));
  };

/** Waves along two directions, and a product. */
export const waves: Problem = regression(
  4,
  ([a, b, c, d]) => Math.sin(2 * a) + Math.cos(b + c) + 0.5 * c * d,
);

/** Planes with edges. */
export const edges: Problem = regression(
  5,
  ([a, b, c, d, e]) => Math.abs(a - b) + Math.max(c, d, e) - Math.abs(d),
);

/** Handwritten digits, as means over blocks of pixels: `side` × `side` numbers. */
export function digits(side: number): Problem {
  const { images, labels: shown, count: all, pixels } = readMnist(null).training;
  const whole = Math.sqrt(pixels);
  const block = whole / side;
  return (generator, count) => {
    const rows = Array.from({ length: count }, () => generator.integer(all));
    const inputs = rows.map((row) => {
      const sums = new Array<number>(side * side).fill(0);
      for (let p = 0; p < pixels; p++) {
        const [y, x] = [Math.floor(Math.floor(p / whole) / block), Math.floor((p % whole) / block)];
        sums[y * side + x] += images[row * pixels + p] / 255;
      }
      return sums.map((sum) => (sum / block ** 2 - 0.13) / 0.25);
    });
    return batchOf(inputs, labels(rows.map((row) => shown[row])));
  };
}
