import { ArgumentError, type Shape, Tensor } from "@isograd/autograd";
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

const metadataKey = "__metadata__";

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

const clipped = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}...` : text);
const clippedList = (list: readonly number[]): string => clipped(list.join(", "));

const typeNames = { f64: "F64", f32: "F32", i32: "I32", bool: "BOOL" } as const;
const order = ["f64", "f32", "i32", "bool"];

export interface Layout {
  /** The length of the header, the header, and spaces up to a multiple of eight bytes. */
  readonly header: Uint8Array;
  /** In the order in which their bytes follow. */
  readonly tensors: readonly Tensor[];
  /** Of the whole file. */
  readonly bytes: number;
}

/**
 * Lays out a file: wider elements first, so that all lie at multiples of their width, then by name: the same tensors make the same file.
 *
 * @throws ArgumentError if a name or metadata cannot be written
 */
export function layout(
  operation: string,
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>>,
): Layout {
  for (const [name, value] of Object.entries(tensors))
    if (!(value instanceof Tensor))
      throw new ArgumentError(operation, `expected a tensor as ${JSON.stringify(clipped(name))}`, value);
  const named = Object.entries(tensors).sort(
    ([a, x], [b, y]) => order.indexOf(x.dtype) - order.indexOf(y.dtype) || byCodePoints(a, b),
  );
  const members: string[] = [];
  const pairs = Object.entries(metadata).map(([key, value]) => {
    if (typeof value !== "string")
      throw new ArgumentError(operation, `expected text as metadata ${JSON.stringify(key)}`, value);
    return `${written(operation, key)}:${written(operation, value)}`;
  });
  if (pairs.length > 0) members.push(`"${metadataKey}":{${pairs.join(",")}}`);
  let end = 0;
  for (const [name, { dtype, shape, size }] of named) {
    if (name === metadataKey)
      throw new ArgumentError(
        operation,
        "expected another name of a tensor, this one is the metadata's",
        name,
      );
    const begin = end;
    end += size * elementTypes[typeNames[dtype]].width;
    const place = `"dtype":"${typeNames[dtype]}","shape":[${shape.join(",")}],"data_offsets":[${begin},${end}]`;
    members.push(`${written(operation, name)}:{${place}}`);
  }
  const text = new TextEncoder().encode(`{${members.join(",")}}`);
  const length = Math.ceil(text.length / 8) * 8;
  if (length > largestHeader)
    throw new ArgumentError(
      operation,
      `expected names and metadata of at most ${largestHeader} bytes`,
      length,
    );
  const header = new Uint8Array(8 + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, 8);
  return { header, tensors: named.map(([, tensor]) => tensor), bytes: header.length + end };
}

function written(operation: string, text: string): string {
  if (/\p{Surrogate}/u.test(text))
    throw new ArgumentError(operation, "expected text without halves of characters", clipped(text));
  return JSON.stringify(text);
}

/** The order of the names' bytes in UTF-8. */
function byCodePoints(a: string, b: string): number {
  const [x, y] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const [p, q] = [x.next(), y.next()];
    if (p.done || q.done) return Number(p.done === true ? 0 : 1) - Number(q.done === true ? 0 : 1);
    const difference = (p.value.codePointAt(0) as number) - (q.value.codePointAt(0) as number);
    if (difference !== 0) return difference;
  }
}
