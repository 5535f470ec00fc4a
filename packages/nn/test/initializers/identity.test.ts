import { conv2d, fromData, type Tensor } from "@isograd/autograd";
import { dirac, eye } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { draw } from "./draws.ts";

/** The places of ones; everything else is zero. */
function onesOf(tensor: Tensor): number[][] {
  const { shape } = tensor;
  const places: number[][] = [];
  for (const [flat, value] of tensor.values().entries()) {
    if (value === 0) continue;
    expect(value).toBe(1);
    const place: number[] = [];
    let rest = flat;
    for (const extent of shape.toReversed()) {
      place.unshift(rest % extent);
      rest = Math.floor(rest / extent);
    }
    places.push(place);
  }
  return places;
}

describe("eye", () => {
  it("is the identity, of any shape", () => {
    expect(draw(eye, { shape: [2, 3] }).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(onesOf(draw(eye, { shape: [3, 2] }))).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(() => draw(eye, { shape: [3] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: eye: expected a weight [out, in], got [3]]`,
    );
  });
});

describe("dirac", () => {
  it("has its ones where PyTorch has them", () => {
    expect(onesOf(draw(dirac({ groups: 2 }), { shape: [4, 3, 3, 2] }))).toEqual([
      [0, 0, 1, 1],
      [1, 1, 1, 1],
      [2, 0, 1, 1],
      [3, 1, 1, 1],
    ]);
    expect(onesOf(draw(dirac(), { shape: [2, 3, 4] }))).toEqual([
      [0, 0, 2],
      [1, 1, 2],
    ]);
  });

  it("keeps an image", () => {
    const image = fromData(
      Float64Array.from({ length: 2 * 3 * 4 * 5 }, (_, k) => Math.sin(k)),
      [2, 3, 4, 5],
    );
    const weight = draw(dirac(), { shape: [3, 3, 3, 3] });
    expect(conv2d(image, weight, null, { padding: 1 }).toArray()).toEqual(image.toArray());
  });

  it("takes a convolution's weight, in groups that fit", () => {
    expect(() => draw(dirac(), { shape: [3, 3] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dirac: expected a weight [out, in, ...kernel] of rank 3 to 5, got [3, 3]]`,
    );
    expect(() => draw(dirac({ groups: 2 }), { shape: [3, 3, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: dirac: expected groups that divide 3 outputs, got 2]`,
    );
  });
});
