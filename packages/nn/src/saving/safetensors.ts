import { ArgumentError, fromData, type Tensor } from "@isograd/autograd";
import { elementTypes, littleEndian, readElements } from "./element-types.ts";
import { largestHeader, parseHeader } from "./header.ts";
import { layout } from "./layout.ts";

/** Tensors by their names. */
export type StateDict = Readonly<Record<string, Tensor>>;

/** Text by its names. */
export type Metadata = Readonly<Record<string, string>>;

/** What a safetensors file holds. The records have no prototype: every name is theirs. */
export interface Safetensors {
  readonly tensors: StateDict;
  readonly metadata: Metadata;
}

/** Where the bytes of a file come from. */
export interface ByteSource {
  readonly size: number;
  /** Fills `target` with the bytes from `position` on. */
  fill(position: number, target: Uint8Array): void;
}

/**
 * Makes the bytes of a safetensors file.
 *
 * Written as F64, F32, I32 and BOOL. The same tensors and metadata make the same bytes.
 *
 * @param metadata text by name; default none
 * @throws ArgumentError if a tensor is named `__metadata__`, metadata is not text, or a name holds half a character
 * @see https://github.com/huggingface/safetensors
 * @example
 * const bytes = encodeSafetensors(stateDict(model), { epoch: "12" });
 * decodeSafetensors(bytes).metadata; // { epoch: "12" }
 */
export function encodeSafetensors(tensors: StateDict, metadata: Metadata = {}): Uint8Array {
  const { header, tensors: ordered, bytes } = layout("encodeSafetensors", tensors, metadata);
  const file = new Uint8Array(bytes);
  file.set(header);
  let at = header.length;
  for (const tensor of ordered) {
    const part = littleEndian(tensor.values());
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/**
 * Reads the bytes of a safetensors file; the tensors hold copies.
 *
 * F64, F32, I32 and BOOL are `f64`, `f32`, `i32` and `bool`. F16 and BF16 become `f32`, exactly; U8, I8, U16, I16, U32, U64 and I64 become `i32`.
 * The whole header is checked before anything is made of it.
 *
 * @throws ArgumentError if the bytes are no such file, end early or late, tensors overlap, leave gaps or do not fit their shapes, names come twice, an
 *   element type is not listed above, a whole number lies outside i32 or a truth value is neither 0 nor 1
 * @see https://github.com/huggingface/safetensors
 * @example
 * const { tensors, metadata } = decodeSafetensors(encodeSafetensors({ weight: tensor([1, 2]) }, { epoch: "12" }));
 * tensors.weight; // [1, 2]
 * metadata.epoch; // "12"
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  return readSafetensors("decodeSafetensors", {
    size: bytes.length,
    fill: (position, target) => target.set(bytes.subarray(position, position + target.length)),
  });
}

/** Reads a file from wherever it comes, tensor by tensor. */
export function readSafetensors(operation: string, source: ByteSource): Safetensors {
  const { size } = source;
  if (size < 8)
    throw new ArgumentError(
      operation,
      "expected at least the 8 bytes of the header's length",
      `${size} bytes`,
    );
  const prefix = new Uint8Array(8);
  source.fill(0, prefix);
  const length = Number(new DataView(prefix.buffer).getBigUint64(0, true));
  const limit = Math.min(size - 8, largestHeader);
  if (length > limit)
    throw new ArgumentError(
      operation,
      `expected a header of at most ${limit} bytes in a file of ${size}`,
      length,
    );
  const encoded = new Uint8Array(length);
  source.fill(8, encoded);
  const start = 8 + length;
  const { entries, metadata } = parseHeader(operation, decodeText(operation, encoded), size - start);
  const tensors: Record<string, Tensor> = Object.create(null);
  for (const { name, type, shape, begin, end } of entries) {
    const elementType = elementTypes[type];
    const count = (end - begin) / elementType.width;
    const values = readElements(operation, name, elementType, count, (position, target) =>
      source.fill(start + begin + position, target),
    );
    tensors[name] = fromData(values, shape);
  }
  return { tensors, metadata };
}

function decodeText(operation: string, encoded: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(encoded);
  } catch {
    throw new ArgumentError(operation, "expected a header in UTF-8", "other bytes");
  }
}
