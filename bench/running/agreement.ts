import { readFileSync } from "node:fs";

/** Other summation orders and other approximations of exp move f32 results by less; another formula moves them by more. */
const tolerance = 2e-3;

/** Share of the largest result below which a difference is rounding: the gradient to a bias of keys, say, is zero but for that. */
const negligible = 1e-5;

export function readResults(prefix: string, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, k) => {
    const bytes = readFileSync(`${prefix}.${k}`);
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  });
}

/** How the results differ from ours by more than rounding, or null. */
export function disagreement(ours: readonly Float64Array[], theirs: readonly Float64Array[]): string | null {
  if (ours.length !== theirs.length) return `gives ${theirs.length} results, not ${ours.length}`;
  const rounding = negligible * Math.max(...ours.map(norm));
  for (const [k, wanted] of ours.entries()) {
    const found = theirs[k];
    if (found.length !== wanted.length)
      return `result ${k} has ${found.length} elements, not ${wanted.length}`;
    const apart = norm(found.map((value, i) => value - wanted[i]));
    if (!(apart <= tolerance * norm(wanted) + rounding))
      return `result ${k} differs by ${(apart / norm(wanted)).toExponential(1)}`;
  }
  return null;
}

const norm = (values: Float64Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
