import type { Setting } from "../setting.ts";
import type { Fault } from "./fault.ts";

const exchanged = (name: string, activation: Setting["activation"]): Fault => ({
  name: `activation exchanged: ${name}`,
  group: "activation",
  rightCauses: ["activation"],
  inject: (setting, _, { network }) =>
    network !== "lstm" && setting.activation !== activation ? { ...setting, activation } : null,
});

/** Activations exchanged or removed: DeepCrime's operators ACH and ARM. */
export const activationFaults: readonly Fault[] = [
  exchanged("sigmoid", "sigmoid"),
  exchanged("exponential", "exponential"),
  exchanged("softplus", "softplus"),
  exchanged("ReLU", "relu"),
  { ...exchanged("", "none"), name: "activation removed" },
];
