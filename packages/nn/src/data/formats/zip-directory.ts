import { ArgumentError } from "@isograd/autograd";

/** A file in a zip archive, still packed. */
export interface ZipEntry {
  readonly name: string;
  readonly isDeflated: boolean;
  readonly bytes: Uint8Array;
  /** How many bytes it is unpacked, and their checksum, as the directory says. */
  readonly size: number;
  readonly crc: number;
}

const endBytes = 22;
const entryBytes = 46;
const localBytes = 30;
const signatures = { local: 0x04034b50, entry: 0x02014b50, end: 0x06054b50 };

/**
 * Lists the files of a zip archive by its directory, and holds against each other what is said of them at both places.
 *
 * Libraries that unpack archives forgive much: names that come twice, files that lie over each other, sizes that are not true.
 *
 * @throws ArgumentError if the archive is damaged, encrypted, of several parts, beyond 4 gigabytes or packed by another method than DEFLATE
 * @see APPNOTE.TXT, ".ZIP File Format Specification"
 */
export function readZipDirectory(operation: string, bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const damaged = (what: string, found: unknown): never => {
    throw new ArgumentError(operation, `expected a whole zip archive with ${what}`, found);
  };
  const end = findEnd(view);
  if (end < 0) damaged("a directory at its end", `${bytes.length} bytes`);
  const [disk, firstDisk, here, count] = [4, 6, 8, 10].map((at) => view.getUint16(end + at, true));
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff) damaged("less than 4 gigabytes", "zip64");
  if (disk !== 0 || firstDisk !== 0 || here !== count) damaged("all its files in one part", disk);
  if (start + view.getUint32(end + 12, true) !== end) damaged("a directory before its end", start);

  const seen = new Set<string>();
  const places: { readonly begin: number; readonly behind: number; readonly name: string }[] = [];
  const entries: ZipEntry[] = [];
  let at = start;
  for (let k = 0; k < count; k++) {
    if (at + entryBytes > end || view.getUint32(at, true) !== signatures.entry)
      damaged(`${count} files, as it says`, k);
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [crc, packed, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true));
    const [nameBytes, ...others] = [28, 30, 32].map((field) => view.getUint16(at + field, true));
    const begin = view.getUint32(at + 42, true);
    const encoded = bytes.subarray(at + entryBytes, at + entryBytes + nameBytes);
    const name = decodeName(encoded) ?? damaged("names in UTF-8", `other bytes at ${at + entryBytes}`);
    at += entryBytes + nameBytes + others[0] + others[1];
    if (at > end) damaged("names within its directory", name);
    if (seen.has(name)) damaged("each name once", name);
    seen.add(name);
    if (flags & 1) damaged("files that are not encrypted", name);
    if (method !== 0 && method !== 8) damaged("files packed by DEFLATE or not at all", `method ${method}`);
    if (packed === 0xffffffff || size === 0xffffffff || begin === 0xffffffff)
      damaged("less than 4 gigabytes", "zip64");

    if (begin + localBytes > start || view.getUint32(begin, true) !== signatures.local)
      damaged("a file where its directory says", name);
    const nameEnd = begin + localBytes + view.getUint16(begin + 26, true);
    const local = bytes.subarray(begin + localBytes, nameEnd);
    if (local.length !== nameBytes || local.some((byte, n) => byte !== encoded[n]))
      damaged("files of the names that its directory has", name);
    const data = nameEnd + view.getUint16(begin + 28, true);
    const behind = data + packed;
    if (behind > start) damaged("files before its directory", name);
    places.push({ begin, behind, name });
    entries.push({ name, isDeflated: method === 8, bytes: bytes.subarray(data, behind), size, crc });
  }
  if (at !== end) damaged(`${count} files, as it says`, "more");
  places.sort((a, b) => a.begin - b.begin);
  places.forEach(({ begin, name }, k) => {
    if (k > 0 && begin < places[k - 1].behind) damaged("files that lie apart", name);
  });
  return entries;
}

/** Where the last record begins, behind which there is nothing but its comment; -1 if there is none. */
function findEnd(view: DataView): number {
  const last = view.byteLength - endBytes;
  for (let at = last; at >= 0 && at >= last - 0xffff; at--)
    if (view.getUint32(at, true) === signatures.end && view.getUint16(at + 20, true) === last - at) return at;
  return -1;
}

function decodeName(encoded: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(encoded);
  } catch {
    return null;
  }
}
