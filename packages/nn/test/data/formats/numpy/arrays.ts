import { readFileSync } from "node:fs";

interface Numpy {
  readonly arrays: readonly {
    readonly descr: string;
    readonly shape: readonly number[];
    /** In rows, whatever the order in the file. */
    readonly values: readonly number[];
    /** In base 64, as all files. */
    readonly file: string;
  }[];
  /** What is not to be read, by what it is. */
  readonly refused: Readonly<Record<string, string>>;
  readonly npz: string;
  readonly compressed: string;
}

/** What numpy wrote; generate.py makes the file. */
export const numpy: Numpy = JSON.parse(readFileSync(new URL("arrays.json", import.meta.url), "utf8"));

export const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "base64"));
