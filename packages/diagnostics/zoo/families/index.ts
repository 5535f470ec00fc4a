import { blobFamily, circleFamily } from "./autotrainer.ts";
import { cnnFamily } from "./cnn.ts";
import type { Family } from "./family.ts";
import { lstmFamily } from "./lstm.ts";
import { mlpFamily } from "./mlp.ts";
import { residualFamily } from "./residual.ts";
import { rnnFamily } from "./rnn.ts";
import { tableFamily } from "./table.ts";
import { textFamily } from "./text.ts";

export const families: readonly Family[] = [
  blobFamily,
  circleFamily,
  mlpFamily,
  cnnFamily,
  residualFamily,
  rnnFamily,
  lstmFamily,
  tableFamily,
  textFamily,
];
