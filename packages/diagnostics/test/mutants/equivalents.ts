/** Lines whose mutants nobody can tell from the original, or that only say how fast it goes, with the reason. */
const reasons: readonly (readonly [line: RegExp, reason: string])[] = [];

/** Why a mutant may live; null where it may not. @param label `file:line:column from to to` */
export function equivalents(source: string, label: string): string | null {
  const [, line] = label.split(":");
  const text = source.split("\n")[Number(line) - 1] ?? "";
  return reasons.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
