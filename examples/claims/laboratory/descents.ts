import type { Tensor } from "@isograd/autograd";
import { Adam } from "@isograd/nn";
import type { Arm } from "./arm.ts";

/** Adam, with the learning rates that suit it on small networks. */
export const byAdam: Pick<Arm, "optimizer" | "rates"> = {
  optimizer: (parameters: readonly Tensor[], learningRate) => new Adam(parameters, { learningRate }),
  rates: [1e-3, 3e-3, 1e-2, 3e-2],
};

/** Plain descent where nothing explodes. */
export const byDescent: Pick<Arm, "rates"> = { rates: [1e-2, 3e-2, 0.1, 0.3, 1] };
