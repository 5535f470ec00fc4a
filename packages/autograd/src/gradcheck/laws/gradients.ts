import { checkGradients } from "../check.ts";
import { describeReport } from "../report.ts";
import { isReal, type Law } from "./subject.ts";

/** Gradients of first and second order, forward and reverse, are what differences of values say. */
export const hasCorrectGradients: Law = ({ call, inputs, seed }) => {
  if (!inputs.some(isReal)) return null;
  const report = checkGradients(call, inputs, { seed });
  return report.ok ? [] : [describeReport(report)];
};
