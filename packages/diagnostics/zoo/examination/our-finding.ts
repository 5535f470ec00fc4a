import type { Finding } from "@isograd/diagnostics";
import type { OurFinding } from "../result.ts";

/** A finding as far as the zoo counts it. */
export function ourFinding(stage: OurFinding["stage"], finding: Finding, step = 0): OurFinding {
  const { detector, fault, severity, pValue, places, causes } = finding;
  return {
    stage,
    detector,
    fault,
    severity,
    step,
    pValue,
    places,
    causes: causes.map(({ part, explanation }) => ({ part, explanation })),
  };
}

export const isAlarm = ({ severity }: { readonly severity: Finding["severity"] }): boolean =>
  severity === "alarm";
