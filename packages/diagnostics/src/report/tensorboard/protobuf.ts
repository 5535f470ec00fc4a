// What of protocol buffers event files need: fields as bytes, numbered as in the .proto files of TensorFlow. A message is its fields, one behind the other.

const wire = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Seven bits a byte, the lowest first. @param value a whole number from 0 to 2⁵³ */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Uint8Array.of(...bytes, rest);
}

const key = (field: number, type: number): Uint8Array => varint(field * 8 + type);

/** Numbers in the order of bytes that the format has, whatever the machine's. */
function fixed(values: ArrayLike<number>, size: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * size));
  for (let k = 0; k < values.length; k++) {
    if (size === 4) view.setFloat32(k * 4, values[k], true);
    else view.setFloat64(k * 8, values[k], true);
  }
  return new Uint8Array(view.buffer);
}

export const int64 = (field: number, value: number): Uint8Array =>
  concat([key(field, wire.varint), varint(value)]);

export const float = (field: number, value: number): Uint8Array =>
  concat([key(field, wire.fixed32), fixed([value], 4)]);

export const double = (field: number, value: number): Uint8Array =>
  concat([key(field, wire.fixed64), fixed([value], 8)]);

export const bytes = (field: number, value: Uint8Array): Uint8Array =>
  concat([key(field, wire.bytes), varint(value.length), value]);

export const string = (field: number, value: string): Uint8Array =>
  bytes(field, new TextEncoder().encode(value));

export const doubles = (field: number, values: ArrayLike<number>): Uint8Array =>
  bytes(field, fixed(values, 8));

export const message = (field: number, fields: readonly Uint8Array[]): Uint8Array =>
  bytes(field, concat(fields));
