import { describe, expect, it } from "vitest";
import type { Observation } from "../../../zoo/observation.ts";
import { deepDiagnosis } from "../../../zoo/rivals/deep-diagnosis.ts";
import { firings, layer, rulesOf, spread, withLayer } from "./observations.ts";

/** As in training, where no two epochs see the same. */
const moving =
  (at: (step: number) => Partial<Observation> = () => ({})) =>
  (step: number): Partial<Observation> => {
    const { layers = [layer(), layer({ activation: null })], ...others } = at(step);
    const moved = (values: ArrayLike<number>) => Float64Array.from(values, (x) => x + 1e-3 * step * x);
    return {
      ...others,
      layers: layers.map((each) => ({
        ...each,
        weight: moved(each.weight),
        gradient: moved(each.gradient),
        outputs: moved(each.outputs),
      })),
    };
  };

const rules = (epochs: number, changed: Parameters<typeof withLayer>[0]): string[] =>
  firings(
    deepDiagnosis,
    epochs,
    moving(() => withLayer(changed)),
  );

describe("DeepDiagnosis", () => {
  it("is silent about a usual network", () => {
    expect(firings(deepDiagnosis, 41, moving())).toEqual([]);
  });

  it("says that a gradient vanishes below a mean of 1e-7, at the end of an epoch", () => {
    expect(rules(1, { gradient: spread(16, 0.9e-7) })).toEqual(["vanishing gradient@1"]);
    expect(rules(1, { gradient: spread(16, 1e-7) })).toEqual([]);
    const once = (step: number) => withLayer(step === 0 ? { gradient: spread(16, 1e-9) } : {});
    expect(firings(deepDiagnosis, 1, moving(once))).toEqual([]);
  });

  it("says that a mean that is not finite or exactly 0 is an error", () => {
    expect(rules(1, { weight: [1, Number.NaN] })).toEqual(["numerical error@1"]);
    expect(rules(1, { gradient: [1, Number.POSITIVE_INFINITY] })).toEqual(["numerical error@1"]);
    expect(rules(1, { outputs: [1, -1] })).toEqual(["numerical error@1"]);
    expect(rules(1, { outputs: [1, -1 + 1e-12] })).toEqual([]);
  });

  it("says after the last epoch that nodes are dead where 70 % of the outputs are not positive", () => {
    const outputs = (zeros: number) => new Float64Array(100).fill(1).fill(0, 0, zeros);
    expect(rules(3, { outputs: outputs(70) })).toEqual(["dead node@5"]);
    expect(rules(3, { outputs: outputs(69) })).toEqual([]);
    expect(rules(3, { outputs: outputs(70), activation: "exponential" })).toEqual(["dead node@5"]);
    expect(rules(3, { outputs: outputs(70), activation: "elu" })).toEqual([]);
  });

  it("says after each fifth epoch that half of the inputs of tanh or sigmoid lie beyond ±5", () => {
    const preActivations = (beyond: number, at = 5) => new Float64Array(100).fill(1).fill(at, 0, beyond);
    const tanh = (beyond: number, at?: number) =>
      rules(11, { activation: "tanh", preActivations: preActivations(beyond, at) });
    expect(tanh(51)).toEqual(["saturated activation@9", "saturated activation@19"]);
    expect(tanh(51, -5)).toEqual(["saturated activation@9", "saturated activation@19"]);
    expect(tanh(50)).toEqual([]);
    expect(tanh(100, 4.99)).toEqual([]);
    expect(rules(5, { activation: "relu", preActivations: preActivations(100) })).toEqual([]);
  });

  it("says after each fifth epoch what has not changed since the last look", () => {
    expect(rulesOf(firings(deepDiagnosis, 5))).toEqual(["unchanged tensor"]);
    const frozen = (step: number) => {
      const { layers, ...others } = moving()(step);
      return { ...others, layers: layers?.map((each) => ({ ...each, weight: spread(16, 0.5) })) };
    };
    expect(firings(deepDiagnosis, 6, frozen)).toEqual(["unchanged tensor@9"]);
    expect(firings(deepDiagnosis, 5, (step) => (step < 8 ? frozen(step) : moving()(step)))).toEqual([]);
    // What the last layer gives is not asked.
    const output = (step: number) => {
      const { layers = [], ...others } = moving()(step);
      return { ...others, layers: [layers[0], { ...layers[1], outputs: spread(40, 1) }] };
    };
    expect(firings(deepDiagnosis, 5, output)).toEqual([]);
  });

  it("says that the loss stays for 5 epochs, the accuracy for 20, or the loss is not finite", () => {
    const staying = moving(() => ({ loss: 2 }));
    expect(firings(deepDiagnosis, 5, staying)).toEqual(["loss not decreasing@9"]);
    expect(
      firings(
        deepDiagnosis,
        20,
        moving(() => ({ accuracy: 0.25 })),
      ),
    ).toEqual(["accuracy not increasing@39"]);
    expect(
      firings(
        deepDiagnosis,
        19,
        moving(() => ({ accuracy: 0.25 })),
      ),
    ).toEqual([]);
    expect(
      firings(
        deepDiagnosis,
        1,
        moving(() => ({ loss: Number.NaN })),
      ),
    ).toEqual(["invalid loss@1"]);
  });
});
