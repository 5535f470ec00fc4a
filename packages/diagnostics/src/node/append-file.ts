import { closeSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { ArgumentError } from "@isograd/autograd";
import { concat } from "../report/tensorboard/protobuf.ts";

/** More than this is not kept waiting. */
const mostBytes = 1 << 16;

export interface AppendOptions {
  /** After how many seconds at most what was written goes to the file, at the next write; default 5. */
  readonly flushSeconds?: number;
}

/** Files that nobody closed yet: a program that ends, or dies of an error, still writes what waits. */
const open = /* @__PURE__ */ new Set<AppendFile>();

function flushAll(): void {
  for (const file of open) file.flush();
}

/** A file that is written to its end, in pieces that are not too small. Its folder is made where there is none. */
export class AppendFile {
  readonly #descriptor: number;
  readonly #wait: number;
  #waiting: Uint8Array[] = [];
  #size = 0;
  #flushed = Date.now();
  #isOpen = true;

  /**
   * @param owner for errors
   * @param flags as of `fs.openSync`: "a" goes on behind what is there, "ax" wants none to be there
   */
  constructor(
    readonly owner: string,
    readonly path: string,
    flags: "a" | "ax",
    { flushSeconds = 5 }: AppendOptions = {},
  ) {
    if (!(flushSeconds >= 0))
      throw new ArgumentError(owner, "expected flushSeconds to be a number from 0 on", flushSeconds);
    this.#wait = flushSeconds * 1000;
    mkdirSync(dirname(path), { recursive: true });
    this.#descriptor = openSync(path, flags);
    if (open.size === 0) process.on("exit", flushAll);
    open.add(this);
  }

  /** @throws ArgumentError if it is closed */
  append(bytes: Uint8Array): void {
    if (!this.#isOpen) throw new ArgumentError(this.owner, "expected a file that is not closed", this.path);
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= mostBytes || Date.now() - this.#flushed >= this.#wait) this.flush();
  }

  /** Hands all that was written to the system. */
  flush(): void {
    this.#flushed = Date.now();
    if (this.#size === 0) return;
    const whole = concat(this.#waiting);
    this.#waiting = [];
    this.#size = 0;
    for (let at = 0; at < whole.length; ) at += writeSync(this.#descriptor, whole, at);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    open.delete(this);
    if (open.size === 0) process.off("exit", flushAll);
    try {
      this.flush();
    } finally {
      closeSync(this.#descriptor);
    }
  }
}
