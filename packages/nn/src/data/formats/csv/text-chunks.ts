import { ArgumentError } from "@isograd/autograd";
import type { AnyIterable } from "../../source.ts";

/** A part of a file: bytes in UTF-8, or text. */
export type CsvChunk = string | Uint8Array;

/** Parts of a file: one, any iterable of them, or a stream as browsers have them, not all of which are iterable there. */
export type CsvChunks =
  | CsvChunk
  | AnyIterable<CsvChunk>
  | {
      getReader(): {
        read(): Promise<{ readonly done: boolean; readonly value?: CsvChunk }>;
        cancel(): Promise<void>;
      };
    };

/** The parts one behind the other; who stops before the end closes the stream. */
export async function* chunksOf(
  operation: string,
  chunks: CsvChunks,
): AsyncGenerator<CsvChunk, void, undefined> {
  if (typeof chunks === "string" || chunks instanceof Uint8Array) {
    yield chunks;
    return;
  }
  if (Symbol.asyncIterator in chunks || Symbol.iterator in chunks) {
    yield* chunks;
    return;
  }
  if (typeof chunks.getReader !== "function")
    throw new ArgumentError(operation, "expected parts of a file, an iterable or a stream of them", chunks);
  const reader = chunks.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value as CsvChunk;
    }
  } finally {
    await reader.cancel();
  }
}

/** Makes text of parts of a file, between which a character may lie; the mark at its beginning is left out. */
export class TextChunks {
  readonly #decoder = new TextDecoder("utf-8", { fatal: true });
  #isFirst = true;

  constructor(readonly operation: string) {}

  push(chunk: CsvChunk): string {
    if (typeof chunk !== "string") return this.#decode(chunk);
    const text = this.#isFirst && chunk.startsWith("\ufeff") ? chunk.slice(1) : chunk;
    if (chunk !== "") this.#isFirst = false;
    return text;
  }

  end(): string {
    return this.#decode();
  }

  #decode(bytes?: Uint8Array): string {
    if (bytes !== undefined && !(bytes instanceof Uint8Array))
      throw new ArgumentError(this.operation, "expected text, or bytes in a Uint8Array", bytes);
    try {
      return this.#decoder.decode(bytes, { stream: bytes !== undefined });
    } catch {
      throw new ArgumentError(this.operation, "expected text in UTF-8", "other bytes");
    }
  }
}
