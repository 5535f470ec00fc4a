import {
  accessSync,
  constants,
  existsSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { Problem, systemReason } from "../problem.ts";

/** Makes sure, before the long work, that a report can be written to `path`. @throws Problem if not */
export function checkWritable(path: string): void {
  try {
    if (existsSync(path)) {
      if (statSync(path).isDirectory()) throw Object.assign(new Error("it is a folder"), { code: "EISDIR" });
      accessSync(path, constants.W_OK);
    }
    if (!statSync(dirname(path)).isDirectory())
      throw Object.assign(new Error("not a folder"), { code: "ENOTDIR" });
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Writes all of `text` or nothing: under a name of its own first, then renamed. @throws Problem if that fails */
export function writeWhole(path: string, text: string): void {
  try {
    if (existsSync(path) && !statSync(path).isFile()) {
      writeFileSync(path, text); // a device or a pipe: nothing to rename
      return;
    }
    const target = existsSync(path) ? realpathSync(path) : path;
    const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
    try {
      writeFileSync(temporary, text);
      renameSync(temporary, target);
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, error: unknown): Problem {
  return new Problem(`cannot write ${path}: ${systemReason(error)}; give another place by --out FILE`);
}
