import { ArgumentError } from "@isograd/autograd";

/** Reads a header from left to right: the caller says what must come next, so nothing is nested deeper than it asks for. */
export abstract class TextScanner {
  /** The place of the character that comes next. */
  protected at = 0;

  constructor(
    readonly operation: string,
    readonly text: string,
  ) {}

  /** @throws ArgumentError that shows what stands at this place */
  fail(rule: string): never {
    const rest = this.text.slice(this.at, this.at + 24);
    const found = rest === "" ? "the end of the header" : rest;
    throw new ArgumentError(this.operation, `expected ${rule} at character ${this.at} of the header`, found);
  }

  /** The character that comes next, spaces aside; empty at the end. */
  next(): string {
    while (" \t\n\r".includes(this.text[this.at] ?? "none")) this.at++;
    return this.text[this.at] ?? "";
  }

  /** Passes a punctuation mark if it comes next. */
  passes(mark: string): boolean {
    if (this.next() !== mark) return false;
    this.at++;
    return true;
  }

  expect(mark: string): void {
    if (!this.passes(mark)) this.fail(`"${mark}"`);
  }

  end(): void {
    if (this.next() !== "") this.fail("nothing more");
  }
}
