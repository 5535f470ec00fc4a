/** The bytes of a file with this header, as text, and these bytes behind it. */
export function fileBytes(header: string, data: ArrayLike<number> = []): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}

/** A header's entry. */
export const entry = (name: string, type: string, shape: string, begin: string, end: string): string =>
  `"${name}":{"dtype":"${type}","shape":[${shape}],"data_offsets":[${begin},${end}]}`;
