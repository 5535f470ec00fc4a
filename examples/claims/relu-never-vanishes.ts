import { fanInUniform, heNormal } from "@isograd/nn";
import type { Claim } from "./claim.ts";
import { flowMeasurement } from "./laboratory/flow.ts";
import { plain } from "./laboratory/plain-network.ts";

export const reluNeverVanishes: Claim = {
  section: "4.2",
  statement: "The gradient of ReLU does not vanish.",
  theory:
    "Its slope is 1 on the right and 0 on the left: half of the gradient's square passes, and He's weights make up for that. Smaller weights vanish with depth; units that are always on the left pass nothing at all.",
  experiment: (laboratory) => {
    const of = (setting: string, options: Parameters<typeof plain>[0]) =>
      flowMeasurement(
        laboratory,
        `30 layers, ${setting}`,
        { build: plain({ layers: 30, ...options }) },
        { above: 1e-3 },
      );
    return [
      of("He's weights", {}),
      of("weights N(0, 1/fanIn)", { weights: heNormal({ gain: 1 }) }),
      of("uniform weights within ±1/√fanIn, as a common default has them", { weights: fanInUniform }),
      of("He's weights, biases of -3", { bias: -3 }),
    ];
  },
};
