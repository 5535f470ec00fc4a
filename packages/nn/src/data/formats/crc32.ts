/** What each byte does to a checksum. */
let table: Int32Array | undefined;

function makeTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    return sum;
  });
}

/** The checksum of zip and gzip. fflate has it, but neither checks it nor lets others do. */
export function crc32(bytes: Uint8Array): number {
  table ??= makeTable();
  let sum = -1;
  for (let k = 0; k < bytes.length; k++) sum = (sum >>> 8) ^ table[(sum ^ bytes[k]) & 0xff];
  return ~sum >>> 0;
}
