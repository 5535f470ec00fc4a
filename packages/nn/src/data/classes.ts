import { ArgumentError } from "@isograd/autograd";
import { type Label, type Labels, labelList } from "./labels.ts";

/**
 * Classes by number: the place of each among their names.
 *
 * @see sklearn.preprocessing.LabelEncoder
 * @example
 * const animals = new Classes(["cat", "dog"]);
 * animals.encode(["dog", "cat"]); // [1, 0]
 */
export class Classes<L extends Label = Label> {
  /** Plain data, to be saved; the class numbered k is called `names[k]`. */
  readonly names: readonly L[];
  readonly #places: ReadonlyMap<Label, number>;

  /** @throws ArgumentError without names, or if one comes twice */
  constructor(names: readonly L[]) {
    this.names = [...names];
    this.#places = new Map<Label, number>(this.names.map((name, k) => [name, k]));
    if (this.names.length === 0) throw new ArgumentError("Classes", "expected at least one name", names);
    if (this.#places.size < this.names.length) {
      const twice = this.names.find((name, k) => this.#places.get(name) !== k);
      throw new ArgumentError("Classes", "expected names that differ", twice);
    }
  }

  /** How many there are. */
  get length(): number {
    return this.names.length;
  }

  /** Names as numbers, for `i32` targets. @throws ArgumentError naming row and value of a name that is unknown */
  encode(labels: Labels): Int32Array {
    const list = labelList("Classes.encode", labels);
    return Int32Array.from(list, (label, row) => {
      const place = this.#places.get(label);
      if (place === undefined)
        throw new ArgumentError(
          "Classes.encode",
          `expected one of ${this.length} known classes in row ${row}`,
          label,
        );
      return place;
    });
  }

  /** Numbers as names. @throws ArgumentError naming row and value of a number that is none of a class */
  decode(codes: Labels<number>): L[] {
    return Array.from(labelList("Classes.decode", codes), (code, row) => {
      if (!(Number.isInteger(code) && code >= 0 && code < this.length))
        throw new ArgumentError(
          "Classes.decode",
          `expected a whole number from 0 to ${this.length - 1} in row ${row}`,
          code,
        );
      return this.names[code];
    });
  }
}

/**
 * The classes that labels name, numbers ascending, text in the order of its characters.
 *
 * @throws ArgumentError if there are none, or one is neither text, a number nor a truth value, or not of the kind of the first, or NaN
 * @example
 * const kinds = classesOf(["dog", "cat", "dog"]);
 * kinds.names; // ["cat", "dog"]
 * kinds.encode(["dog", "dog", "cat"]); // [1, 1, 0]
 * kinds.decode([0]); // ["cat"]
 */
export function classesOf<L extends Label>(labels: Labels<L>): Classes<L> {
  const list = Array.from(labelList("classesOf", labels));
  const kind = typeof list[0];
  list.forEach((label, row) => {
    if (!["string", "number", "boolean"].includes(kind) || typeof label !== kind || Number.isNaN(label))
      throw new ArgumentError("classesOf", `expected text or numbers, all of one kind, in row ${row}`, label);
  });
  return new Classes([...new Set(list)].sort((a, b) => (a < b ? -1 : 1)));
}
