import { parameter, tensor } from "@isograd/autograd";
import { expect, it } from "vitest";
import { Transposes } from "../../src/trace/transposes.ts";

it("gives one view for each tensor, of the numbers that it has now", () => {
  const transposes = new Transposes();
  const weight = parameter([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const view = transposes.of(weight);
  expect(view.toArray()).toEqual([
    [1, 4],
    [2, 5],
    [3, 6],
  ]);
  expect(view.requiresGrad).toBe(false);
  expect(transposes.of(weight)).toBe(view);
  weight.assign(
    tensor([
      [0, 0, 1],
      [0, 0, 2],
    ]),
  );
  expect(transposes.of(weight).toArray()).toEqual([
    [0, 0],
    [0, 0],
    [1, 2],
  ]);
});
