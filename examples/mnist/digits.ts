import { fromData, type Generator, type Tensor } from "@isograd/autograd";
import { batches, mapBatches, randomShift } from "@isograd/nn";
import type { Digits } from "../demo/data/mnist.ts";

const side = 28;

/** A pixel in units of the deviation of all training pixels, from their mean. */
const standard = (byte: number): number => (byte / 255 - 0.1307) / 0.3081;
const pixelValues = Float32Array.from({ length: 256 }, (_, byte) => standard(byte));

export interface DigitOptions {
  readonly batchSize: number;
  /** Which images; default all. */
  readonly rows?: Int32Array;
  /** Draws a new order for each pass, and moves each image by up to two pixels. Without it they come as they are. */
  readonly generator?: Generator;
}

/** Images [n, 1, 28, 28] and which digits they show [n]. Bytes become numbers a batch at a time: all at once would take 200 MB. */
export function digitBatches({ count, images, labels }: Digits, options: DigitOptions) {
  const { generator, ...others } = options;
  const numbered = { places: Int32Array.from({ length: count }, (_, place) => place), targets: labels };
  if (generator === undefined)
    return mapBatches(batches(numbered, others), ({ places, targets }) => ({
      inputs: pixelsOf(images, places),
      targets,
    }));
  const shift = randomShift({ by: 2, fill: standard(0) });
  const shuffled = { ...others, shuffle: true, dropLast: true, generator: generator.fork("order") };
  return mapBatches(
    batches(numbered, shuffled),
    ({ places, targets }, draws) => ({ inputs: shift(pixelsOf(images, places), draws), targets }),
    { generator: generator.fork("shifts") },
  );
}

function pixelsOf(images: Uint8Array, places: Tensor): Tensor {
  const size = side * side;
  const pixels = new Float32Array(places.size * size);
  places.values().forEach((place, k) => {
    for (let p = 0; p < size; p++) pixels[k * size + p] = pixelValues[images[place * size + p]];
  });
  return fromData(pixels, [places.size, 1, side, side]);
}
