import { activationFaults } from "./activation.ts";
import { clippingFaults } from "./clipping.ts";
import { dataFaults } from "./data.ts";
import type { Fault } from "./fault.ts";
import { gradientFaults } from "./gradient.ts";
import { initialisationFaults } from "./initialisation.ts";
import { lossFaults } from "./loss.ts";
import { optimizerFaults } from "./optimizer.ts";
import { rateFaults } from "./rate.ts";
import { structureFaults } from "./structure.ts";

export const faults: readonly Fault[] = [
  ...gradientFaults,
  ...activationFaults,
  ...initialisationFaults,
  ...rateFaults,
  ...clippingFaults,
  ...lossFaults,
  ...optimizerFaults,
  ...structureFaults,
  ...dataFaults,
];
