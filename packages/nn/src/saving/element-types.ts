import { ArgumentError, type TypedArray } from "@isograd/autograd";

/** An element type of the file format, and what becomes of it here. */
export interface ElementType {
  /** Bytes an element takes in the file. */
  readonly width: number;
  /** Room for so many elements, of our type. */
  readonly allocate: (size: number) => TypedArray;
  /** Reads one element, its lowest byte first or last; absent where the bytes are those of our type. */
  readonly read?: (view: DataView, at: number, isLittle: boolean) => number;
  /** What is wrong with a number that was read, in words. */
  readonly excludes?: { readonly holds: (value: number) => boolean; readonly rule: string };
}

const whole = {
  holds: (value: number) => value < -0x80000000 || value > 0x7fffffff,
  rule: "numbers that i32 holds",
};
const bool = { holds: (value: number) => value > 1, rule: "truth values of 0 or 1" };

const integers = (length: number): TypedArray => new Int32Array(length);
const singles = (length: number): TypedArray => new Float32Array(length);

/** By the format's names. Whole numbers become `i32`, what single precision holds becomes `f32`. */
export const elementTypes: Readonly<Record<string, ElementType>> = {
  BOOL: { width: 1, allocate: (length) => new Uint8Array(length), excludes: bool },
  U8: { width: 1, allocate: integers, read: (view, at) => view.getUint8(at) },
  I8: { width: 1, allocate: integers, read: (view, at) => view.getInt8(at) },
  U16: { width: 2, allocate: integers, read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  I16: { width: 2, allocate: integers, read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  U32: {
    width: 4,
    allocate: integers,
    read: (view, at, isLittle) => view.getUint32(at, isLittle),
    excludes: whole,
  },
  I32: { width: 4, allocate: integers },
  U64: {
    width: 8,
    allocate: integers,
    read: (view, at, isLittle) => Number(view.getBigUint64(at, isLittle)),
    excludes: whole,
  },
  I64: {
    width: 8,
    allocate: integers,
    read: (view, at, isLittle) => Number(view.getBigInt64(at, isLittle)),
    excludes: whole,
  },
  F16: {
    width: 2,
    allocate: singles,
    read: (view, at, isLittle) => halfOf(view.getUint16(at, isLittle)),
  },
  BF16: { width: 2, allocate: singles, read: brainHalf },
  F32: { width: 4, allocate: singles },
  F64: { width: 8, allocate: (length) => new Float64Array(length) },
};

const safe = {
  holds: (value: number) => !Number.isSafeInteger(value),
  rule: "whole numbers that f64 holds exactly",
};

/** What becomes `f64` of whole numbers that `i32` may not hold; undefined for all others. */
export function wideElementType(name: string): ElementType | undefined {
  if (elementTypes[name]?.excludes !== whole) return undefined;
  return { ...elementTypes[name], allocate: (length) => new Float64Array(length), excludes: safe };
}

/** The number whose five bits of exponent and ten of fraction these are. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}

const word = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

/** The upper half of a number in single precision. */
function brainHalf(view: DataView, at: number, isLittle: boolean): number {
  word.setUint32(0, view.getUint16(at, isLittle) << 16);
  return word.getFloat32(0);
}

const isLittleEndian = /* @__PURE__ */ (() => new Uint8Array(Uint16Array.of(1).buffer)[0] === 1)();

/** The bytes of an array as they stand there on this machine. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: TypedArray): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

/** The bytes of numbers as the file has them: the numbers' own memory where it has them in that order. */
export function littleEndian(values: TypedArray): Uint8Array {
  const bytes = bytesOf(values);
  return isLittleEndian ? bytes : swapped(bytes.slice(), values.BYTES_PER_ELEMENT);
}

const pieceBytes = 65_536;

/**
 * Reads the elements of a tensor, all at once where the file has our type, else piece by piece.
 *
 * @param fill fills an array with the tensor's bytes, from a position among them on
 * @param isLittle whether the lowest byte of each comes first
 * @throws ArgumentError if an element has no place in our type
 */
export function readElements(
  operation: string,
  name: string,
  type: ElementType,
  size: number,
  fill: (position: number, target: Uint8Array) => void,
  isLittle = true,
): TypedArray {
  const { width, read, excludes } = type;
  const values = type.allocate(size);
  if (read === undefined) {
    const bytes = bytesOf(values);
    fill(0, bytes);
    if (isLittle !== isLittleEndian) swapped(bytes, width);
  } else {
    const piece = new Uint8Array(Math.min(pieceBytes, size * width));
    const view = new DataView(piece.buffer);
    for (let start = 0; start < size; start += pieceBytes / width) {
      const count = Math.min(pieceBytes / width, size - start);
      fill(start * width, piece.subarray(0, count * width));
      for (let k = 0; k < count; k++) {
        const value = read(view, k * width, isLittle);
        if (excludes?.holds(value)) refuse(operation, name, excludes.rule, start + k, value);
        values[start + k] = value;
      }
    }
    return values;
  }
  if (excludes !== undefined) {
    const wrong = values.findIndex(excludes.holds);
    if (wrong >= 0) refuse(operation, name, excludes.rule, wrong, values[wrong]);
  }
  return values;
}

function refuse(operation: string, name: string, rule: string, place: number, value: number): never {
  throw new ArgumentError(
    operation,
    `expected ${rule} in ${JSON.stringify(name)} at element ${place}`,
    value,
  );
}

/** Turns each number's bytes round, in place. */
function swapped(bytes: Uint8Array, width: number): Uint8Array {
  for (let start = 0; width > 1 && start < bytes.length; start += width)
    bytes.subarray(start, start + width).reverse();
  return bytes;
}
