import { backward, type Tensor } from "@isograd/autograd";
import {
  gradientConfusion,
  gradientNoise,
  hessianTrace,
  jacobianSpectrum,
  layerJacobians,
  representationMap,
  sharpness,
  spectralDensity,
  watch,
} from "@isograd/diagnostics";
import { expect, it } from "vitest";
import { batchFor, network, parametersFor, squared } from "./networks.ts";

it("is not seen by a watcher: training with instruments leaves the history of training alone", () => {
  const record = (measure: boolean) => {
    const parameters = parametersFor(1);
    const batch = batchFor(1);
    const model = (x: Tensor) => network(parameters, x);
    using watcher = watch();
    for (let step = 0; step < 2; step++) {
      backward(squared(model(batch.inputs), batch.targets));
      if (!measure) continue;
      sharpness(model, batch, squared);
      spectralDensity(model, batch, squared, { probes: 1 });
      hessianTrace(model, batch, squared, { probes: 2 });
      gradientNoise(model, batch, squared);
      gradientConfusion(model, batch, squared);
      jacobianSpectrum(model, batch.inputs);
      layerJacobians(model, batch.inputs);
      representationMap(model, batch.inputs);
    }
    return { history: watcher.history, grads: parameters.map(({ grad }) => grad?.toArray()) };
  };
  const plain = record(false);
  expect(plain.history).toHaveLength(2);
  expect(record(true)).toEqual(plain);
});
