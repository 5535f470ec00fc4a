/** How often each character followed a context. */
interface Followers {
  total: number;
  readonly counts: Map<number, number>;
}

/**
 * What counting alone knows of a text: how often each character followed the last 0, 1, 2, ... ones. An estimate from a longer context leans on that from
 * the next shorter one, the more the more different characters followed the longer one (Witten, Bell 1991).
 */
export class CountingModel {
  readonly #tables: readonly Map<string, Followers>[];

  /** @param longest how many characters the longest context has */
  constructor(
    text: Int32Array,
    readonly alphabetSize: number,
    readonly longest: number,
  ) {
    const letters = asLetters(text);
    this.#tables = Array.from({ length: longest + 1 }, (_, length) => countAfter(letters, text, length));
  }

  /** The mean of -log p over a text, in nats a character, for contexts of up to 0, 1, 2, ... characters. */
  nats(text: Int32Array): number[] {
    const letters = asLetters(text);
    const totals = this.#tables.map(() => 0);
    text.forEach((character, at) => {
      let probability = 1 / this.alphabetSize;
      this.#tables.forEach((table, length) => {
        const followers = table.get(letters.slice(Math.max(0, at - length), at));
        if (followers !== undefined) {
          const kinds = followers.counts.size;
          const count = followers.counts.get(character) ?? 0;
          probability = (count + kinds * probability) / (followers.total + kinds);
        }
        totals[length] -= Math.log(probability);
      });
    });
    return totals.map((total) => total / text.length);
  }
}

/** One letter a number, so that contexts can be looked up. */
const asLetters = (numbers: Int32Array): string =>
  Array.from(numbers, (number) => String.fromCharCode(number)).join("");

function countAfter(letters: string, text: Int32Array, length: number): Map<string, Followers> {
  const table = new Map<string, Followers>();
  for (let at = length; at < text.length; at++) {
    const context = letters.slice(at - length, at);
    let followers = table.get(context);
    if (followers === undefined) {
      followers = { total: 0, counts: new Map() };
      table.set(context, followers);
    }
    followers.total++;
    followers.counts.set(text[at], (followers.counts.get(text[at]) ?? 0) + 1);
  }
  return table;
}
