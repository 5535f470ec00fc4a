import { TextScanner } from "./text-scanner.ts";

const quote = 0x22;
const backslash = 0x5c;

/** Reads the JSON of a header, and of JSON only what headers are made of. */
export class HeaderScanner extends TextScanner {
  /** An object, whose members `read` reads, told their names. */
  object(read: (key: string) => void): void {
    const seen = new Set<string>();
    this.expect("{");
    if (this.passes("}")) return;
    do {
      this.next();
      const start = this.at;
      const key = this.string("a name");
      if (seen.has(key)) {
        this.at = start;
        this.fail("each name once");
      }
      seen.add(key);
      this.expect(":");
      read(key);
    } while (this.passes(","));
    this.expect("}");
  }

  /** An array of whole numbers that are not negative. */
  numbers(what: string): number[] {
    const found: number[] = [];
    this.expect("[");
    if (this.passes("]")) return found;
    do found.push(this.#number(what));
    while (this.passes(","));
    this.expect("]");
    return found;
  }

  string(what: string): string {
    this.next();
    const { text } = this;
    if (text[this.at] !== '"') this.fail(`${what} in quotes`);
    let end = this.at + 1;
    for (let code = text.charCodeAt(end); end < text.length && code !== quote; code = text.charCodeAt(end))
      end += code === backslash ? 2 : 1;
    let value: string;
    try {
      value = JSON.parse(text.slice(this.at, end + 1));
    } catch {
      return this.fail(`${what} that JSON allows`);
    }
    this.at = end + 1;
    return value;
  }

  #number(what: string): number {
    this.next();
    const start = this.at;
    let end = start;
    while (end < this.text.length && !" \t\n\r,]}".includes(this.text[end])) end++;
    const digits = this.text.slice(start, end);
    const value = Number(digits);
    if (!/^(0|[1-9]\d{0,15})$/.test(digits) || !Number.isSafeInteger(value))
      this.fail(`${what}: a whole number from 0 to 2^53 - 1`);
    this.at = end;
    return value;
  }
}
