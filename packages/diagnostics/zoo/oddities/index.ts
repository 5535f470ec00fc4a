import { dataOddities } from "./data.ts";
import { lossOddities } from "./loss.ts";
import { modelOddities } from "./model.ts";
import type { Oddity } from "./oddity.ts";
import { trainingOddities } from "./training.ts";

export const oddities: readonly Oddity[] = [
  ...lossOddities,
  ...dataOddities,
  ...modelOddities,
  ...trainingOddities,
];
