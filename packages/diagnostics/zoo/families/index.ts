import { blobFamily, circleFamily } from "./autotrainer.ts";
import { tableFamily } from "./columns.ts";
import { cnnFamily, mlpFamily, residualFamily } from "./digits.ts";
import type { Family } from "./family.ts";
import { lstmFamily, rnnFamily } from "./sequences.ts";
import { textFamily } from "./texts.ts";

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
