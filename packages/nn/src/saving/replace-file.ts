import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { ArgumentError } from "@isograd/autograd";

/** Writes bytes behind those written before. */
export type Write = (bytes: Uint8Array) => void;

/**
 * Writes a file anew, all or nothing: whoever reads it, and whenever the process or the machine stops, finds the old file whole or the new one.
 *
 * The bytes go to `.<name>.<unique>.tmp` in the same folder, which takes the file's place once it is on the disk. An error removes it; what a killed process
 * leaves of it can be deleted. A link is followed, permissions stay as they were.
 *
 * @throws ArgumentError if something of that name is no file;
 *   whatever `write` throws, and the errors of the file system: the old file stays then
 * @example
 * import { readFileSync } from "node:fs";
 * replaceFile(`${folder}/notes.txt`, (write) => write(new TextEncoder().encode("epoch 12")));
 * readFileSync(`${folder}/notes.txt`, "utf8"); // "epoch 12"
 */
export function replaceFile(file: string, write: (write: Write) => void): void {
  const { target, folder, unfinished, mode } = placeOf(file);
  try {
    const descriptor = openSync(unfinished, "wx");
    try {
      if (mode !== null) fchmodSync(descriptor, mode);
      write((bytes) => writeAll(descriptor, bytes));
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
  syncFolder(folder);
}

/** Where a file is written before it takes the place of another. */
interface Place {
  /** Where links lead. */
  readonly target: string;
  readonly folder: string;
  readonly unfinished: string;
  /** The permissions of the old file; null where there is none. */
  readonly mode: number | null;
}

export function placeOf(file: string): Place {
  const target = existsSync(file) ? realpathSync(file) : file;
  const old = existsSync(target) ? statSync(target) : null;
  if (old !== null && !old.isFile())
    throw new ArgumentError("replaceFile", "expected a file, or a name that nothing has yet", file);
  const folder = dirname(target);
  const unfinished = join(folder, `.${basename(target)}.${randomUUID()}.tmp`);
  return { target, folder, unfinished, mode: old === null ? null : old.mode };
}

/** The name of the file whose place something in its folder would have taken; null if that is no such thing. */
export const unfinishedOf = (name: string): string | null =>
  /^\.(.+)\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/s.exec(name)?.[1] ?? null;

function writeAll(descriptor: number, bytes: Uint8Array): void {
  // One call may write fewer bytes than it is given, and takes at most 2 GiB.
  for (let at = 0; at < bytes.length; )
    at += writeSync(descriptor, bytes, at, Math.min(bytes.length - at, 2 ** 30));
}

/** Makes the new name last, too. */
function syncFolder(folder: string): void {
  // Windows opens no folders, and keeps names without being told to.
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
