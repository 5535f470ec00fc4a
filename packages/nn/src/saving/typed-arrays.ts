import { fromData, type Tensor } from "@isograd/autograd";

export type AnyTypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/** How numbers of one kind lie in a tensor that holds each of them exactly. */
interface Packing {
  /** A tensor of its own memory. */
  pack(array: AnyTypedArray): Tensor;
  /** An array of its own memory; null if the tensor holds other numbers. */
  unpack(tensor: Tensor): AnyTypedArray | null;
}

type NumberArray = Exclude<AnyTypedArray, BigInt64Array | BigUint64Array>;

/** As numbers that `Values` holds. */
const numeric = (
  Values: Int32ArrayConstructor | Float32ArrayConstructor | Float64ArrayConstructor,
  Kind: { from(numbers: ArrayLike<number>): NumberArray },
): Packing => ({
  pack: (array) => fromData(Values.from(array as NumberArray), [array.length]),
  unpack: (tensor) => (tensor.values() instanceof Values ? Kind.from(tensor.values()) : null),
});

/** As themselves, every bit: the payload of a NaN, too. */
const same = (
  Values: Int32ArrayConstructor | Float32ArrayConstructor | Float64ArrayConstructor,
): Packing => ({
  pack: (array) => fromData((array as Float64Array).slice(), [array.length]),
  unpack: (tensor) => (tensor.values() instanceof Values ? tensor.values().slice() : null),
});

/** As a lower and an upper half, [length, 2]. */
const halves = (Kind: { from(numbers: bigint[]): AnyTypedArray }): Packing => ({
  pack: (array) => {
    const words = new Int32Array(2 * array.length);
    (array as BigInt64Array).forEach((value, k) => {
      words[2 * k] = Number(BigInt.asIntN(32, value));
      words[2 * k + 1] = Number(BigInt.asIntN(32, value >> 32n));
    });
    return fromData(words, [array.length, 2]);
  },
  unpack: (tensor) => {
    const words = tensor.values();
    if (!(words instanceof Int32Array) || tensor.rank !== 2 || tensor.shape[1] !== 2) return null;
    return Kind.from(
      Array.from({ length: words.length / 2 }, (_, k) => {
        return (BigInt(words[2 * k + 1]) << 32n) | BigInt(words[2 * k] >>> 0);
      }),
    );
  },
});

/** By the names of the classes. */
const packings: Readonly<Record<string, Packing>> = {
  Float64Array: /* @__PURE__ */ same(Float64Array),
  Float32Array: /* @__PURE__ */ same(Float32Array),
  Int32Array: /* @__PURE__ */ same(Int32Array),
  Uint32Array: /* @__PURE__ */ numeric(Float64Array, Uint32Array),
  Int16Array: /* @__PURE__ */ numeric(Int32Array, Int16Array),
  Uint16Array: /* @__PURE__ */ numeric(Int32Array, Uint16Array),
  Int8Array: /* @__PURE__ */ numeric(Int32Array, Int8Array),
  Uint8Array: /* @__PURE__ */ numeric(Int32Array, Uint8Array),
  Uint8ClampedArray: /* @__PURE__ */ numeric(Int32Array, Uint8ClampedArray),
  BigInt64Array: /* @__PURE__ */ halves(BigInt64Array),
  BigUint64Array: /* @__PURE__ */ halves({
    from: (numbers) => BigUint64Array.from(numbers, (n) => BigInt.asUintN(64, n)),
  }),
};

/** The kind of a typed array that a tensor can hold; undefined for everything else. */
export function kindOf(value: object): string | undefined {
  const kind = ArrayBuffer.isView(value) ? (value as AnyTypedArray)[Symbol.toStringTag] : "";
  return Object.hasOwn(packings, kind) ? kind : undefined;
}

export const packArray = (kind: string, array: AnyTypedArray): Tensor => packings[kind].pack(array);

/** Null if a tensor does not hold an array of that kind. */
export const unpackArray = (kind: string, tensor: Tensor): AnyTypedArray | null =>
  Object.hasOwn(packings, kind) ? packings[kind].unpack(tensor) : null;
