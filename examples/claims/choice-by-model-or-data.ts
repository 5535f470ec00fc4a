import type { Claim } from "./claim.ts";
import { adviceMeasurements } from "./laboratory/advice.ts";

export const choiceByModelOrData: Claim = {
  section: "5.2",
  statement: "Methods that choose the activation by the data, or by the model, choose better.",
  theory:
    "Both look at untrained networks: how gradients change from layer to layer, how alike inputs become. That tells what cannot be trained from what can, and little about which of those that can is best.",
  experiment: async (laboratory) => [
    ...(await adviceMeasurements(laboratory, "model")),
    ...(await adviceMeasurements(laboratory, "data")),
  ],
};
