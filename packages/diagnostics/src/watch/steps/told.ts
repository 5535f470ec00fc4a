import type { Cause, Finding } from "../../finding.ts";
import { withStepBlamed } from "./findings.ts";
import type { LongestStep } from "./pace.ts";

/** What was told already: a fault is told once at a place; what is not finite once, for it spreads by itself. */
export class Told {
  readonly #known = new Set<string>();
  /** What was wrong at the first step. */
  #first: Cause | null = null;
  /** What the first step showed, and need not harm. */
  readonly #seen = new Set<string>();

  /** Takes what the first step showed, grave or not: no later step brought it about. */
  keep(findings: readonly Finding[]): void {
    for (const finding of findings) this.#seen.add(keyOf(finding));
  }

  /**
   * Those findings of a step that are new, each with the cause that comes first: what was wrong at the first step, as what follows from it; where
   * nothing was, the step that went far.
   */
  news(findings: readonly Finding[], step: number, longest: LongestStep): Finding[] {
    const news = findings.filter((finding) => this.#isNew(finding));
    if (step === 0) this.#first ??= news[0]?.causes[0] ?? null;
    return news.map((finding) => ({ ...(step === 0 ? finding : this.#explained(finding, longest)), step }));
  }

  #isNew(finding: Finding): boolean {
    const { fault, severity } = finding;
    const key = fault === "nonFinite" ? fault : `${severity} ${keyOf(finding)}`;
    if (this.#known.has(key)) return false;
    this.#known.add(key);
    return true;
  }

  #explained(finding: Finding, longest: LongestStep): Finding {
    if (this.#first !== null) return { ...finding, causes: [this.#first, ...finding.causes] };
    return this.#seen.has(keyOf(finding)) ? finding : withStepBlamed(finding, longest);
  }
}

const keyOf = ({ detector, fault, places }: Finding): string => [detector, fault, ...places].join(" ");
