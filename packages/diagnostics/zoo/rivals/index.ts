import type { Rival } from "../observation.ts";
import { autoTrainer } from "./autotrainer.ts";
import { deepDiagnosis } from "./deep-diagnosis.ts";
import { sageMakerDebugger, sageMakerDebuggerEachStep } from "./sagemaker-debugger.ts";
import { theDeepChecker } from "./the-deep-checker.ts";
import { zClip } from "./zclip.ts";

/** The published tools whose rules watch the same runs as ours. */
export const rivals: readonly Rival[] = [
  sageMakerDebugger,
  sageMakerDebuggerEachStep,
  autoTrainer,
  deepDiagnosis,
  theDeepChecker,
  zClip,
];
