const bytes = new DataView(new ArrayBuffer(8));

/** The gap between |x| and the next double above. */
export function ulp(x: number): number {
  bytes.setFloat64(0, Math.abs(x));
  bytes.setBigUint64(0, bytes.getBigUint64(0) + 1n);
  return bytes.getFloat64(0) - Math.abs(x);
}
