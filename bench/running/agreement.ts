import { readFileSync } from "node:fs";

/** Other summation orders and other approximations of exp move f32 results by less; another formula moves them by more. */
const tolerance = 2e-3;

export function readResults(prefix: string, count: number): Float64Array[] {
  return Array.from({ length: count }, (_, k) => {
    const bytes = readFileSync(`${prefix}.${k}`);
    return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  });
}

/** How the results differ from ours by more than rounding, or null. */
export function disagreement(ours: readonly Float64Array[], theirs: readonly Float64Array[]): string | null {
  if (ours.length !== theirs.length) return `gives ${theirs.length} results, not ${ours.length}`;
  for (const [k, wanted] of ours.entries()) {
    const found = theirs[k];
    if (found.length !== wanted.length)
      return `result ${k} has ${found.length} elements, not ${wanted.length}`;
    let apart = 0;
    let norm = 0;
    for (let i = 0; i < wanted.length; i++) {
      apart += (found[i] - wanted[i]) ** 2;
      norm += wanted[i] ** 2;
    }
    const relative = Math.sqrt(apart / norm);
    if (apart > 0 && !(relative <= tolerance)) return `result ${k} differs by ${relative.toExponential(1)}`;
  }
  return null;
}
