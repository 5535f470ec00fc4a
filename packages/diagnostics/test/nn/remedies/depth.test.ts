import { relu } from "@isograd/autograd";
import { removeLayers } from "@isograd/diagnostics/nn";
import { Linear, Sequential } from "@isograd/nn";
import { expect, it } from "vitest";
import { exploding, learnable } from "../samples.ts";

const { inputs } = learnable("depth", 3);

it("layers are taken out evenly, with what stands in front of them", () => {
  const model = exploding({ depth: 10 });
  const linear = model.layers.filter((layer) => layer instanceof Linear);
  expect(removeLayers(model, inputs, 0.25)).toBe(6);
  const left = model.layers.filter((layer) => layer instanceof Linear);
  expect(left.map((layer) => linear.indexOf(layer))).toEqual([0, 4, 8, 9]);
  expect(model.layers).toHaveLength(7);
  expect(model.call(inputs).shape).toEqual([3, 4]);
});

it("one stays at least, and those that others cannot do without", () => {
  const model = exploding({ depth: 4 });
  expect(removeLayers(model, inputs, 0.01)).toBe(1);
  expect(() => removeLayers(model, inputs, 0.01)).toThrow("removeLayers: expected layers");
  expect(() => removeLayers(exploding({ depth: 10 }), inputs, 1)).toThrow("removeLayers");
  const narrowing = [16, 12, 8, 4].map(
    (width) => new Linear({ inFeatures: width, outFeatures: width - 4 || 1 }),
  );
  expect(() =>
    removeLayers(new Sequential([...narrowing.flatMap((each) => [each, relu])]), inputs, 0.1),
  ).toThrow("that the others can do without");
});
