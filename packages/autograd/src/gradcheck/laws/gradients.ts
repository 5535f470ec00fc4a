import { checkGradients } from "../check.ts";
import { describeReport } from "../report.ts";
import { isReal, type Law } from "./subject.ts";

// Samples are many: what is longer than this is checked along random directions, which see every element, and halved where one fails.
const thoroughness = { elements: 8, directions: 4 };

/** Gradients of first and second order, forward and reverse, are what differences of values say. */
export const hasCorrectGradients: Law = ({ call, inputs, seed }) => {
  if (!inputs.some(isReal)) return null;
  const report = checkGradients(call, inputs, { seed, ...thoroughness });
  return report.ok ? [] : [describeReport(report)];
};
