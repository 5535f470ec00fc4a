import { apply, defineOp, type Op, type Tensor } from "@isograd/autograd";

export interface Rotation {
  /** One for each image, in radians, counter-clockwise. */
  readonly angles: Float64Array;
  readonly mode: "nearest" | "bilinear";
}

/** The images, each turned around its centre; 0 where nothing is found. The adjoint gives each pixel back to those that it was made of. */
const rotateOp: Op<Rotation> = /* @__PURE__ */ defineOp<Rotation>({
  name: "rotate",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x], rotation) => {
    const [source, result] = [x.values(), x.values().slice().fill(0)];
    eachTap(x.shape, rotation, (to, from, weight) => {
      result[to] += weight * source[from];
    });
    return result;
  },
  vjp: [(g, { attributes }) => apply(rotateBackOp, [g], attributes)],
  jvp: "linear",
});

const rotateBackOp: Op<Rotation> = /* @__PURE__ */ defineOp<Rotation>({
  name: "rotateBack",
  shape: ([x]) => ({ shape: x.shape, dtype: x.dtype }),
  forward: ([x], rotation) => {
    const [source, result] = [x.values(), x.values().slice().fill(0)];
    eachTap(x.shape, rotation, (to, from, weight) => {
      result[from] += weight * source[to];
    });
    return result;
  },
  vjp: [(g, { attributes }) => apply(rotateOp, [g], attributes)],
  jvp: "linear",
});

export const rotate = (images: Tensor, rotation: Rotation): Tensor => apply(rotateOp, [images], rotation);

/** Which elements of the images each element of the result is made of, and with what weight. */
function eachTap(
  [rows, channels, height, width]: readonly number[],
  { angles, mode }: Rotation,
  tap: (to: number, from: number, weight: number) => void,
): void {
  const [middle, centre] = [(height - 1) / 2, (width - 1) / 2];
  for (let row = 0; row < rows; row++) {
    const [cosine, sine] = [Math.cos(angles[row]), Math.sin(angles[row])];
    const start = row * channels * height * width;
    /** All channels of a pixel alike. */
    const read = (place: number, y: number, x: number, weight: number): void => {
      if (weight === 0 || y < 0 || y >= height || x < 0 || x >= width) return;
      for (let channel = 0, at = start; channel < channels; channel++, at += height * width)
        tap(at + place, at + y * width + x, weight);
    };
    for (let place = 0; place < height * width; place++) {
      const [down, right] = [Math.floor(place / width) - middle, (place % width) - centre];
      const y = middle + sine * right + cosine * down;
      const x = centre + cosine * right - sine * down;
      if (mode === "nearest") {
        read(place, Math.round(y), Math.round(x), 1);
        continue;
      }
      const [top, left] = [Math.floor(y), Math.floor(x)];
      const [below, beside] = [y - top, x - left];
      read(place, top, left, (1 - below) * (1 - beside));
      read(place, top, left + 1, (1 - below) * beside);
      read(place, top + 1, left, below * (1 - beside));
      read(place, top + 1, left + 1, below * beside);
    }
  }
}
