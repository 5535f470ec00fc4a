import { fromData, leavesOf, ones, parameter, type Tensor } from "@isograd/autograd";
import {
  BatchNorm1d,
  constant,
  heNormal,
  initialize,
  Linear,
  Module,
  Sequential,
  weightNorm,
  zeros,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";

const linear = () => new Linear({ inFeatures: 3, outFeatures: 3 });
const numbers = (module: Module) => leavesOf(module).map(({ tensor }) => tensor.toArray());

describe("initialize", () => {
  it("draws each tensor from seed and path, whatever stands beside it", () => {
    const [short, long] = [new Sequential([linear()]), new Sequential([linear(), linear()])];
    initialize(short, { seed: 1 });
    initialize(long, { seed: 1 });
    expect(numbers(long).slice(0, 2)).toEqual(numbers(short));
    const [, , weight] = numbers(long);
    expect(weight).not.toEqual(numbers(short)[0]);
    initialize(short, { seed: 2 });
    expect(numbers(long).slice(0, 2)).not.toEqual(numbers(short));
  });

  it("draws weights and biases as told, and nothing else", () => {
    const model = new Sequential([linear(), new BatchNorm1d({ numFeatures: 3 })]);
    model.call(
      fromData(
        Float32Array.from({ length: 6 }, (_, k) => k * k),
        [2, 3],
      ),
    );
    initialize(model, { seed: 1, weight: constant(2), bias: zeros });
    expect(
      Object.fromEntries(leavesOf(model).map(({ path, tensor }) => [path, [...tensor.values()]])),
    ).toEqual({
      "layers.0.weight": Array(9).fill(2),
      "layers.0.bias": [0, 0, 0],
      "layers.1.weight": [1, 1, 1],
      "layers.1.bias": [0, 0, 0],
      "layers.1.runningMean": [0, 0, 0],
      "layers.1.runningVariance": [1, 1, 1],
      "layers.1.batchesTracked": [0],
    });
  });

  it("keeps the parameters that an optimizer holds", () => {
    const model = linear();
    const before = model.parameters();
    initialize(model, { seed: 4 });
    expect(model.parameters()).toEqual(before);
    expect(model.weight).toBe(before[0]);
  });

  it("gives a weight-normalised layer the weight that the plain one gets", () => {
    const [plain, normalized] = [linear(), weightNorm(linear())];
    initialize(plain, { seed: 1, weight: heNormal() });
    initialize(normalized, { seed: 1, weight: heNormal() });
    const [expected, actual] = [plain.weight.values(), normalized.weight.values()];
    for (let k = 0; k < expected.length; k++) expect(actual[k]).toBeCloseTo(expected[k], 6);
  });

  it("names a parameter that no layer says how to begin, and changes nothing", () => {
    class Own extends Module {
      readonly inner = linear();
      readonly scales = [parameter(ones([3]))];
      forward(x: Tensor): Tensor {
        return this.inner.call(x);
      }
    }
    const model = new Own();
    const before = numbers(model);
    expect(() => initialize(model, { seed: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: initialize: expected the module's initials() to say how each of its parameters begins, got "scales.0"]`,
    );
    expect(numbers(model)).toEqual(before);
  });
});
