import { TextScanner } from "../../saving/text-scanner.ts";

/** Reads the few kinds of Python literals that a header is made of. Nothing is evaluated. */
export class LiteralScanner extends TextScanner {
  /** A dictionary, whose values `read` reads, told their keys. */
  dictionary(read: (key: string) => void): void {
    const seen = new Set<string>();
    this.expect("{");
    while (this.next() !== "}") {
      const start = this.at;
      const key = this.string("a key");
      if (seen.has(key)) {
        this.at = start;
        this.fail("each key once");
      }
      seen.add(key);
      this.expect(":");
      read(key);
      if (this.next() !== "}") this.expect(",");
    }
    this.expect("}");
  }

  /** Whole numbers that are not negative: `()`, `(3,)` or `(3, 4)`, and Python 2's `(3L,)`. */
  tuple(what: string): number[] {
    const found: number[] = [];
    this.expect("(");
    while (this.next() !== ")") {
      found.push(this.#number(what));
      if (!this.passes(",") && (found.length === 1 || this.next() !== ")")) this.fail('","');
    }
    this.expect(")");
    return found;
  }

  truth(): boolean {
    this.next();
    const [word] = this.#match(/True|False/y) ?? this.fail("True or False");
    return word === "True";
  }

  string(what: string): string {
    this.next();
    const [quoted] = this.#match(/'[ -&(-[\]-~]*'|"[ !#-[\]-~]*"/y) ?? this.fail(`${what} in quotes`);
    return quoted.slice(1, -1);
  }

  #number(what: string): number {
    const start = this.at;
    const [digits] = this.#match(/\d+/y) ?? this.fail(`${what}, a whole number from 0 on,`);
    const value = Number(digits);
    if (!Number.isSafeInteger(value) || (digits.length > 1 && digits[0] === "0")) {
      this.at = start;
      this.fail(`${what}: a whole number from 0 to 2^53 - 1`);
    }
    if (this.text[this.at] === "L") this.at++;
    return value;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }
}
