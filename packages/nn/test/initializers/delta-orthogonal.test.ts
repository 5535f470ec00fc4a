import { conv2d, fromData, norm } from "@isograd/autograd";
import { deltaOrthogonal } from "@isograd/nn";
import { expect, it } from "vitest";
import { draw } from "./draws.ts";

it("keeps the length of any image, times the gain", () => {
  const image = fromData(
    Float64Array.from({ length: 3 * 5 * 6 }, (_, k) => Math.sin(k * k)),
    [1, 3, 5, 6],
  );
  for (const [out, kernel, padding] of [
    [3, 3, 1],
    [7, 5, 2],
  ]) {
    const weight = draw(deltaOrthogonal({ gain: 1.5 }), { shape: [out, 3, kernel, kernel] });
    const result = conv2d(image, weight, null, { padding });
    expect(norm(result).item()).toBeCloseTo(1.5 * norm(image).item(), 12);
  }
});

it("refuses more inputs than outputs, which no matrix keeps", () => {
  expect(() => draw(deltaOrthogonal(), { shape: [2, 3, 3] })).toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: deltaOrthogonal: expected a weight [out, in, ...kernel] with no more inputs than outputs, got [2, 3, 3]]`,
  );
});
