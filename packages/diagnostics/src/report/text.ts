import type { Diagnosis } from "../diagnosis.ts";
import type { Finding, FindingRemedy } from "../finding.ts";
import { listPlaces, short, shortP } from "../words.ts";

/**
 * A diagnosis as text for a terminal: the verdict, then each finding with its evidence, consequence, causes and what would disprove it; of what is
 * only worth knowing, the consequence alone.
 *
 * @example
 * formatDiagnosis(diagnosis).split(" · ")[0]; // "verdict: vanishing"
 */
export function formatDiagnosis({ verdict, flow, findings }: Diagnosis): string {
  const summary =
    flow.healthy === null
      ? ""
      : ` · gradient first/last layer ${short(flow.totalFactor)}, ${short(flow.factorPerLayer)} a layer`;
  const grave = findings.filter(({ severity }) => severity !== "info").map(formatFinding);
  const others = findings.filter(({ severity }) => severity === "info").map(inBrief);
  return [`verdict: ${verdict}${summary}`, ...grave, ...others].join("\n\n");
}

const headOf = ({ severity, fault, places }: Finding): string =>
  `${severity}: ${fault}${places.length === 0 ? "" : ` in ${listPlaces(places)}`}`;

const inBrief = (finding: Finding): string => `${headOf(finding)}\n  ${finding.consequence}`;

/**
 * One finding as a few lines of text.
 *
 * @example
 * formatFinding(diagnosis.findings[0]).split("\n")[0]; // "alarm: vanishing in layers.0 … layers.18 (10 layers)"
 */
export function formatFinding(finding: Finding): string {
  const { measured, band, pValue, consequence, causes, disproof, remedies = [] } = finding;
  const expected = band === null ? "" : `; healthy networks: ${short(band[0])} to ${short(band[1])}`;
  const chance = pValue === null ? "" : `, ${shortP(pValue)}`;
  const value = Number.isNaN(measured.value) ? "" : ` is ${short(measured.value)}`;
  return [
    headOf(finding),
    `  measured:     ${measured.statistic}${value}${expected}${chance}`,
    `  consequence:  ${consequence}`,
    ...causes.map(
      ({ part, explanation }, k) =>
        `  ${k === 0 ? "cause:       " : "and:         "} ${part}: ${explanation}`,
    ),
    `  disproved by: ${disproof}`,
    ...remedyLines(remedies),
  ].join("\n");
}

/** The best with its code, the others by name. */
function remedyLines(remedies: readonly FindingRemedy[]): string[] {
  if (remedies.length === 0) return [];
  const [{ name, evidence, code }, ...rest] = remedies;
  const named = rest.slice(0, 3).map((each) => each.name);
  const more = rest.length > 3 ? [`${rest.length - 3} more`] : [];
  const others = rest.length === 0 ? [] : [`  also cured by: ${[...named, ...more].join("; ")}`];
  return [
    `  cured by:     ${name}: ${evidence}`,
    ...code.split("\n").map((line) => `    ${line}`),
    ...others,
  ];
}
