/** Lines whose mutants nobody can tell from the original, or that only say how fast it goes, with the reason. */
const reasons: readonly (readonly [line: RegExp, reason: string])[] = [
  [/if \(judged\.every\(/, "a short cut: without a surprise the long way says nothing either"],
  [/\?\? 1, drift\?\.pValue \?\? 1\]/, "a p-value of 1 or above is no surprise"],
  [/^ {2}without = 0;/, "counts from the first step with a gradient, which sets it to 0"],
  [/^ {2}#(?:looks|unitCounts) = 0;/, "spends a little less than it has"],
  [/^ {2}#exceeded = 0;/, "the first level after the start sets it to 0, or counts"],
  [/^const draws = 256;/, "more draws say a chance more exactly"],
  [
    /facts\.correlationMap\(correlation, q, 1, 0\)/,
    "a correlation does not depend on the scale of the weights",
  ],
  [/let \[low, high\] = \[-10, 10\];/, "a wider search finds the same"],
  [/for \(let k = 0; k < 60; k\+\+\) \{/, "halves to the last bit before"],
  [/^const redraws = 16;/, "more re-draws say more exactly what is healthy"],
  [/const quick = diagnose\(.*redraws: 0/, "one re-draw is no law: the closed form decides"],
  [/new Generator\(0\)\.fork\(`weights /, "another seed draws weights that do as well"],
  [/const exploding = predicted > 0;/, "what is told lies far from 0 on either side"],
  [
    /values\.every\(\(value\) => value === values\[0\]\)/,
    "all are the same, whichever they are compared with",
  ],
  [/^ {4}value: output\.values\(\)\[0\],/, "any stands for all"],
  [/last - Math\.floor\(k \/ 2\)/, "other examples do as well"],
  [/mul\(draw\(generator, before\), /, "weights of another size do as well"],
  [/const fanIn = before\.rank < 2 \? 200/, "weights of another size do as well"],
  [/^ {2}pValue: 0,/, "what is certain has none: it is told as null"],
];

/** Why a mutant may live; null where it may not. @param label `file:line:column from to to` */
export function equivalents(source: string, label: string): string | null {
  const [, line] = label.split(":");
  const text = source.split("\n")[Number(line) - 1] ?? "";
  return reasons.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
