import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { placeOf } from "./replace-file.ts";

/** `replaceFile` that leaves the event loop free: threads of the runtime write, piece by piece. */
export async function replaceFileLater(file: string, parts: Iterable<Uint8Array>): Promise<void> {
  const { target, folder, unfinished, mode } = placeOf(file);
  try {
    const handle = await open(unfinished, "wx");
    try {
      if (mode !== null) await handle.chmod(mode);
      await writeAll(handle, parts);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  // As `replaceFile` does it, and for the same reason.
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Of small parts as many as go into one piece: each piece is a call. */
const pieceBytes = 2 ** 18;
const largestWrite = 2 ** 26;

async function writeAll(handle: FileHandle, parts: Iterable<Uint8Array>): Promise<void> {
  const piece = new Uint8Array(pieceBytes);
  let used = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    for (let at = 0; at < bytes.length; )
      at += (await handle.write(bytes, at, Math.min(bytes.length - at, largestWrite))).bytesWritten;
  };
  for (const part of parts) {
    if (used + part.length > pieceBytes) {
      await write(piece.subarray(0, used));
      used = 0;
    }
    if (part.length > pieceBytes) await write(part);
    else {
      piece.set(part, used);
      used += part.length;
    }
  }
  await write(piece.subarray(0, used));
}
