import { ArgumentError, Tensor } from "@isograd/autograd";
import { elementTypes } from "./element-types.ts";
import { clipped, largestHeader, metadataKey } from "./header.ts";

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

/** The order of the names' bytes in UTF-8: that of their code points. */
function byCodePoints(a: string, b: string): number {
  let k = 0;
  while (k < a.length && k < b.length && a.charCodeAt(k) === b.charCodeAt(k)) k++;
  const [p, q] = [a.charCodeAt(k), b.charCodeAt(k)];
  if (k === a.length || k === b.length) return a.length - b.length;
  // Halves of characters beyond the first 65,536 come before some of these, but their characters behind them all.
  const isHalf = (unit: number): boolean => unit >= 0xd800 && unit < 0xe000;
  return Number(isHalf(p)) - Number(isHalf(q)) || p - q;
}
