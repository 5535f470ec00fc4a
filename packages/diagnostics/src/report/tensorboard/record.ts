import { crc32c } from "./crc32c.ts";
import { concat } from "./protobuf.ts";

/** A checksum of data that holds checksums is masked. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

function checksum(data: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, masked(crc32c(data)), true);
  return new Uint8Array(view.buffer);
}

/** A record as TFRecord files hold it: length, its checksum, data, its checksum. */
export function framed(data: Uint8Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(data.length), true);
  const length = new Uint8Array(view.buffer);
  return concat([length, checksum(length), data, checksum(data)]);
}
