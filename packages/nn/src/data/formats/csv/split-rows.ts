import { ArgumentError } from "@isograd/autograd";
import Papa from "papaparse";

/** Takes the fields of a row, and the line of the file where it begins, from 1 on. */
export type TakeRow = (fields: string[], line: number) => void;

export interface RowSyntax {
  readonly delimiter: string;
  /** With what lines begin that are no rows; empty for none. */
  readonly comment: string;
}

/** Taken up at once. */
const pieceLength = 2 ** 20;

/** A row beyond this is a quote that nobody closed. */
const longestRow = 2 ** 22;

/** Finds the rows of a text that comes in pieces, which may end anywhere. */
export class RowSplitter {
  #rest = "";
  /** How much text there must be before it is worth looking for a row again: each look at a row that is not whole has twice as much of it. */
  #wanted = 1;
  #line = 1;
  /** A row whose last field is quoted, and ends in \r itself; spaces may follow the quote. */
  readonly #quotedReturn: RegExp;

  constructor(
    readonly operation: string,
    readonly syntax: RowSyntax,
    readonly take: TakeRow,
  ) {
    const delimiter = (syntax.delimiter.codePointAt(0) as number).toString(16);
    this.#quotedReturn = new RegExp(`\\r"(?:(?!\\u{${delimiter}})[^\\S\\n])*\\n?$`, "u");
  }

  push(text: string): void {
    for (let at = 0; at < text.length; at += pieceLength) {
      this.#rest += text.slice(at, at + pieceLength);
      if (this.#rest.length >= this.#wanted) this.#split(false);
    }
  }

  end(): void {
    if (this.#rest !== "") this.#split(true);
  }

  #split(isLast: boolean): void {
    const text = this.#rest;
    let behind = 0;
    // Rows end at \n here, and \r before it is taken off by ourselves: what the parser guesses depends on where a piece ends.
    const parser = new Papa.Parser({
      delimiter: this.syntax.delimiter,
      newline: "\n",
      comments: this.syntax.comment || false,
      step: ({ data, errors, meta }: Papa.ParseStepResult<string[][]>) => {
        const end = meta.cursor;
        if (end > behind) this.#row(data[0], text.slice(behind, end), errors.length > 0);
        behind = end;
      },
    });
    parser.parse(text, 0, !isLast);
    this.#rest = text.slice(behind);
    this.#wanted = behind > 0 ? 1 : 2 * text.length;
    if (this.#rest.length > longestRow)
      throw new ArgumentError(
        this.operation,
        `expected rows of at most ${longestRow} characters, from line ${this.#line} on is a longer one`,
        "a quote that is not closed, or no end of a line",
      );
  }

  #row(fields: string[], raw: string, isMalformed: boolean): void {
    const { comment } = this.syntax;
    let start = 0;
    while (comment !== "" && raw.startsWith(comment, start)) {
      start = raw.indexOf("\n", start) + 1 || raw.length;
      this.#line++;
    }
    // Behind a comment that ends the text the parser finds a row of nothing.
    if (start === raw.length) return;
    const line = this.#line;
    for (let at = raw.indexOf("\n", start); at >= 0; at = raw.indexOf("\n", at + 1)) this.#line++;
    if (isMalformed)
      throw new ArgumentError(
        this.operation,
        `expected a quoted field to end with a quote, and quotes in it to be doubled, at line ${line}`,
        raw.slice(start, start + 60),
      );
    const last = fields[fields.length - 1];
    if (last.endsWith("\r") && !this.#quotedReturn.test(raw)) fields[fields.length - 1] = last.slice(0, -1);
    this.take(fields, line);
  }
}
