import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ArgumentError } from "@isograd/autograd";
import type { ByteSource } from "./safetensors.ts";

/** Opens a file for as long as `read` reads it. */
export function withFile<T>(operation: string, file: string, read: (source: ByteSource) => T): T {
  const descriptor = openSync(file, "r");
  try {
    return read({
      size: fstatSync(descriptor).size,
      fill: (position, target) => {
        for (let at = 0; at < target.length; ) {
          const length = Math.min(target.length - at, 2 ** 30);
          const count = readSync(descriptor, target, at, length, position + at);
          if (count === 0)
            throw new ArgumentError(
              operation,
              "expected a file that keeps its length",
              `an end at ${position + at}`,
            );
          at += count;
        }
      },
    });
  } finally {
    closeSync(descriptor);
  }
}
