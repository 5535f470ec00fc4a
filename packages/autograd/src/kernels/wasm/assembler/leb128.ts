/** Appends the shortest unsigned LEB128 encoding: seven bits a byte, lowest first, the top bit set on all but the last. */
export function pushUnsigned(out: number[], value: number): void {
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) out.push((rest % 0x80) | 0x80);
  out.push(rest);
}

/** Appends the shortest signed LEB128 encoding of a 32-bit number; bit 6 of the last byte is the sign. */
export function pushSigned(out: number[], value: number): void {
  let rest = value | 0;
  for (; rest < -0x40 || rest >= 0x40; rest >>= 7) out.push((rest & 0x7f) | 0x80);
  out.push(rest & 0x7f);
}

/** Appends the shortest signed LEB128 encoding of a 64-bit number. */
export function pushSigned64(out: number[], value: bigint): void {
  let rest = BigInt.asIntN(64, value);
  for (; rest < -0x40n || rest >= 0x40n; rest >>= 7n) out.push(Number(rest & 0x7fn) | 0x80);
  out.push(Number(rest & 0x7fn));
}
