/** The characters of a text, numbered. */
export class Alphabet {
  readonly #numbers: ReadonlyMap<string, number>;

  /** @param characters each once */
  private constructor(readonly characters: readonly string[]) {
    this.#numbers = new Map(characters.map((character, number) => [character, number]));
  }

  /** The characters that occur in a text, in the order of their codes. */
  static of(text: string): Alphabet {
    return new Alphabet([...new Set(text)].sort());
  }

  get size(): number {
    return this.characters.length;
  }

  /** @throws RangeError for a character that is not of the alphabet */
  encode(text: string): Int32Array {
    return Int32Array.from([...text], (character, place) => {
      const number = this.#numbers.get(character);
      if (number === undefined)
        throw new RangeError(`${JSON.stringify(character)} at ${place} is not of the alphabet`);
      return number;
    });
  }

  decode(numbers: Iterable<number>): string {
    return Array.from(numbers, (number) => this.characters[number]).join("");
  }
}
