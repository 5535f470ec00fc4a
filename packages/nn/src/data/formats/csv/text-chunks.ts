import { ArgumentError } from "@isograd/autograd";

/** A part of a file: bytes in UTF-8, or text. */
export type CsvChunk = string | Uint8Array;

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
