import { expect, it } from "vitest";
import { backward, detectAnomaly, NonFiniteError, sum, type Tensor } from "../../src/index.ts";
import { track } from "../../src/tensor.ts";
import { opsTable } from "../laws/ops-table.ts";

const allFinite = (x: Tensor | null): boolean => x === null || x.values().every(Number.isFinite);

/** Value and gradient of a sample; `sound` if all that comes out and back is finite, so that there is nothing to find. */
function prepare(name: string, index: number): { sound: boolean; run: () => void } {
  const sample = opsTable[name].samples[index];
  const inputs = sample.inputs.map((x) => (x.dtype === "f64" ? track(x.detach()) : x));
  const outputs: Tensor[] = [];
  const run = (): void => {
    const found = [sample.call(inputs)].flat() as Tensor[];
    outputs.splice(0, outputs.length, ...found);
    for (const output of found) if (output.requiresGrad) backward(sum(output), { retainGraph: true });
  };
  run();
  return { sound: [...outputs, ...inputs.map(({ grad }) => grad)].every(allFinite), run };
}

it("anomaly mode finds nothing in operations whose results and gradients are finite", () => {
  const alarms: string[] = [];
  let sound = 0;
  for (const [name, { samples }] of Object.entries(opsTable)) {
    samples.slice(0, 3).forEach((sample, index) => {
      const prepared = prepare(name, index);
      if (!prepared.sound) return;
      sound++;
      try {
        detectAnomaly(prepared.run);
      } catch (error) {
        if (!(error instanceof NonFiniteError)) throw error;
        alarms.push(`${name}, ${sample.name}: ${error.message}`);
      }
    });
  }
  expect(alarms).toEqual([]);
  expect(sound).toBeGreaterThan(300);
});
