import { bySeverity } from "../diagnose.ts";
import type { Finding } from "../finding.ts";
import type { Remedy } from "../remedy.ts";
import type { Treatment } from "./treatment.ts";

/** The remedies that claim to cure one of these findings. */
export const claimsOf = (
  remedies: readonly Remedy<Treatment>[],
  findings: readonly Finding[],
): Remedy<Treatment>[] =>
  remedies.filter((remedy) => findings.some((finding) => claimsToCure(remedy, finding)));

/** Other steps are no answer to what is wrong before any was taken, unless the steps that follow would be too large. */
const claimsToCure = ({ cures, measure }: Remedy<Treatment>, { fault, step = 0 }: Finding): boolean =>
  cures.includes(fault) &&
  (measure !== "training" ||
    step > 0 ||
    fault === "exploding" ||
    fault === "nonFinite" ||
    fault === "divergent" ||
    fault === "stalled");

/** Those that go at the cause of what was found first; of several findings at that step, of the gravest. */
export function likeliest(
  claims: readonly Remedy<Treatment>[],
  findings: readonly Finding[],
): Remedy<Treatment>[] {
  const [root] = bySeverity(findings).sort((a, b) => (a.step ?? 0) - (b.step ?? 0));
  return root === undefined ? [] : claims.filter(({ suits }) => suits?.(root));
}

/** How many steps it took to show what goes wrong with time: what never began shows wherever a clone learns. */
export const stepsToShow = (findings: readonly Finding[]): number =>
  Math.min(...findings.map(({ fault, step = 0 }) => (fault === "stalled" ? 0 : step)));
