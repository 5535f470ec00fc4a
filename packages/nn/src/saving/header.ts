import { ArgumentError, type Shape } from "@isograd/autograd";
import { elementTypes } from "./element-types.ts";
import { HeaderScanner } from "./header-scanner.ts";

/** Where a tensor lies in a file. */
export interface Entry {
  readonly name: string;
  /** The format's name of the element type. */
  readonly type: string;
  readonly shape: Shape;
  /** Among the bytes behind the header; the end is not included. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their bytes. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Under which name text stands beside the tensors. */
export const metadataKey = "__metadata__";

/** More than any model needs; the format's own limit. */
export const largestHeader = 100_000_000;

/**
 * Reads a header and checks it whole, before anything is made of it: known types, byte ranges that fit the shapes and follow each other without gap up
 * to the end.
 *
 * @param dataBytes how many bytes there are behind the header
 */
export function parseHeader(operation: string, text: string, dataBytes: number): Header {
  const scanner = new HeaderScanner(operation, text);
  const entries: Entry[] = [];
  const metadata: Record<string, string> = Object.create(null);
  if (text[0] !== "{") scanner.fail('"{"');
  scanner.object((name) => {
    if (name !== metadataKey) {
      entries.push(readEntry(scanner, name));
    } else {
      scanner.object((key) => {
        metadata[key] = scanner.string("text");
      });
    }
  });
  scanner.end();
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let behind = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== behind)
      refuse(operation, name, `bytes from ${behind} on, where those before end`, [begin, end]);
    behind = end;
  }
  if (behind !== dataBytes)
    throw new ArgumentError(operation, `expected ${behind} bytes behind the header, as it says`, dataBytes);
  return { entries, metadata };
}

function readEntry(scanner: HeaderScanner, name: string): Entry {
  let type: string | undefined;
  let shape: number[] | undefined;
  let offsets: number[] | undefined;
  scanner.object((key) => {
    if (key === "dtype") type = scanner.string("an element type");
    else if (key === "shape") shape = scanner.numbers("an extent");
    else if (key === "data_offsets") offsets = scanner.numbers("an offset");
    else scanner.fail("a value of dtype, shape or data_offsets, and of nothing else,");
  });
  const { operation } = scanner;
  if (type === undefined || shape === undefined || offsets === undefined)
    throw new ArgumentError(
      operation,
      "expected dtype, shape and data_offsets of each tensor",
      clipped(name),
    );
  if (!Object.hasOwn(elementTypes, type))
    refuse(
      operation,
      name,
      `one of the element types ${Object.keys(elementTypes).join(", ")}`,
      clipped(type),
    );
  const [begin, end] = offsets;
  if (offsets.length !== 2 || begin > end)
    refuse(operation, name, "two offsets, begin and end", offsets.slice(0, 3));
  // Extents beyond what an array holds, or a product of them: refused even where another extent is 0.
  const size = shape.reduce((product, extent) => product * Math.max(extent, 1), 1);
  const bytes = shape.includes(0) ? 0 : size * elementTypes[type].width;
  if (!(size <= Number.MAX_SAFE_INTEGER) || bytes !== end - begin)
    refuse(operation, name, `data_offsets that hold ${type} of shape [${clippedList(shape)}]`, [begin, end]);
  return { name, type, shape, begin, end };
}

function refuse(operation: string, name: string, rule: string, received: unknown): never {
  throw new ArgumentError(operation, `expected of ${JSON.stringify(clipped(name))} ${rule}`, received);
}

/** Text that may be of any length, for an error. */
export const clipped = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
const clippedList = (list: readonly number[]): string => clipped(list.join(", "));
