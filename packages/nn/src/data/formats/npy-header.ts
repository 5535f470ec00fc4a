import { ArgumentError, type Shape } from "@isograd/autograd";
import { LiteralScanner } from "./literal-scanner.ts";

/** What a .npy file says of its array. */
export interface NpyHeader {
  /** In the notation of numpy: "<f8". */
  readonly descr: string;
  readonly isFortran: boolean;
  readonly shape: Shape;
}

/** numpy itself has fewer axes. */
const largestRank = 64;

/**
 * Reads the header of a .npy file: the literal of a Python dictionary, and of Python nothing else.
 *
 * @throws ArgumentError if it is another text, lacks an entry or has others
 */
export function parseNpyHeader(operation: string, text: string): NpyHeader {
  const scanner = new LiteralScanner(operation, text);
  let descr: string | undefined;
  let isFortran: boolean | undefined;
  let shape: number[] | undefined;
  scanner.dictionary((key) => {
    if (key === "descr") {
      if (scanner.next() === "[") scanner.fail("one number an element, no structure of several,");
      descr = scanner.string("an element type");
    } else if (key === "fortran_order") {
      isFortran = scanner.truth();
    } else if (key === "shape") {
      shape = scanner.tuple("an extent");
      if (shape.length > largestRank)
        throw new ArgumentError(operation, `expected at most ${largestRank} axes`, shape.length);
    } else {
      scanner.fail("a value of descr, fortran_order or shape, and of nothing else,");
    }
  });
  scanner.end();
  if (descr === undefined || isFortran === undefined || shape === undefined)
    throw new ArgumentError(
      operation,
      "expected descr, fortran_order and shape in the header",
      text.slice(0, 80),
    );
  return { descr, isFortran, shape };
}

/** The header, with the bytes before it, of so many bytes that 64 divide where the numbers begin. */
export function npyHeader({ descr, isFortran, shape }: NpyHeader): Uint8Array {
  const list = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const text = `{'descr': '${descr}', 'fortran_order': ${isFortran ? "True" : "False"}, 'shape': (${list}), }`;
  const length = 64 * Math.ceil((10 + text.length + 1) / 64) - 10;
  const bytes = new Uint8Array(10 + length).fill(0x20);
  bytes.set([...magic, 1, 0, length & 255, length >> 8]);
  bytes.set(new TextEncoder().encode(text), 10);
  bytes[9 + length] = 0x0a;
  return bytes;
}

/** How a .npy file begins: \x93NUMPY. */
export const magic: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
