import { mean, ones, relu, type Tensor } from "@isograd/autograd";
import {
  Conv2d,
  Linear,
  LSTM,
  type LSTMState,
  MaxPool2dWithIndices,
  type Module,
  Sequential,
  sequential,
} from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";

const linear = (inFeatures: number, outFeatures: number) => new Linear({ inFeatures, outFeatures });

describe("sequential", () => {
  it("hands on whatever its layers give and take", () => {
    const lstm = new LSTM({ inputSize: 2, hiddenSize: 3 });
    const model = sequential(
      linear(4, 2),
      relu,
      lstm,
      ({ output, state }) => [mean(output, { axis: 0 }), state] as const,
    );
    const result = model.call(ones([5, 1, 4]));
    expectTypeOf(result).toExtend<readonly [Tensor, LSTMState]>();
    const [output, { hidden }] = result;
    expect(output.shape).toEqual([1, 3]);
    expect(hidden.shape).toEqual([1, 1, 3]);
    expect(model.parameters().length).toBe(2 + 4);
    expect(model.namedParameters()[2].path).toBe("layers.2.layers.0.forward.inputWeight");
  });

  it("is a Sequential of tensors where all its layers are", () => {
    const model: Module = sequential(linear(4, 2), relu, linear(2, 1));
    expect(model).toBeInstanceOf(Sequential);
    expect(new Sequential([model, relu]).call(ones([3, 4])).shape).toEqual([3, 1]);
  });

  it("does not compile where a layer takes something else than the one before gives", () => {
    const pool = new MaxPool2dWithIndices({ kernelSize: 2 });
    const conv = new Conv2d({ inChannels: 1, outChannels: 1, kernelSize: 1 });
    // @ts-expect-error the pooling gives a pair
    sequential(conv, pool, conv);
    expect(sequential(conv, pool, ([values]) => values, conv).call(ones([1, 1, 2, 2])).shape).toEqual([
      1, 1, 1, 1,
    ]);
  });

  it("says what is no layer", () => {
    expect(() => sequential(3 as never)).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Sequential: expected a module or a function of a tensor, got 3]`,
    );
  });
});
