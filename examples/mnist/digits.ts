import { fromData, type Generator, type Tensor } from "@isograd/autograd";
import { batches, mapBatches } from "@isograd/nn";
import type { Digits } from "../demo/data/mnist.ts";

/** Of the training images, with 0 for black and 1 for white. */
const [pixelMean, pixelDeviation] = [0.1307, 0.3081];
const side = 28;

export interface DigitOptions {
  readonly batchSize: number;
  /** Which images; default all. */
  readonly rows?: Int32Array;
  /** Draws a new order for each pass, and moves each image by up to two pixels each way. Without it they come as they are. */
  readonly generator?: Generator;
}

/** Images [n, 1, 28, 28] of mean 0 and deviation 1, and which digits they show [n]. Bytes become numbers a batch at a time. */
export function digitBatches({ count, images, labels }: Digits, options: DigitOptions) {
  const { batchSize, rows, generator } = options;
  const shuffled = { shuffle: true, dropLast: true, generator: generator?.fork("order") };
  const numbered = { places: Int32Array.from({ length: count }, (_, place) => place), targets: labels };
  const chosen = batches(numbered, { batchSize, rows, ...(generator && shuffled) });
  return mapBatches(
    chosen,
    ({ places, targets }, draws) => ({
      inputs: pixelsOf(images, places, () => (generator === undefined ? 0 : draws.integer(5) - 2)),
      targets,
    }),
    { generator: generator?.fork("moves") },
  );
}

const standard = (byte: number): number => (byte / 255 - pixelMean) / pixelDeviation;

/** What each of the 256 bytes becomes. */
const pixelValues = Float32Array.from({ length: 256 }, (_, byte) => standard(byte));

function pixelsOf(images: Uint8Array, places: Tensor, draw: () => number): Tensor {
  const size = side * side;
  const pixels = new Float32Array(places.size * size).fill(standard(0));
  places.values().forEach((place, k) => {
    const [down, right] = [draw(), draw()];
    for (let y = Math.max(0, down); y < Math.min(side, side + down); y++)
      for (let x = Math.max(0, right); x < Math.min(side, side + right); x++)
        pixels[k * size + y * side + x] = pixelValues[images[place * size + (y - down) * side + x - right]];
  });
  return fromData(pixels, [places.size, 1, side, side]);
}
