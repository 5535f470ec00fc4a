import { local, set } from "../assembler/local.ts";
import type { Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import type { Format } from "./format.ts";

/** The element type of operands and result. */
export type Precision = "f32" | "f64";

/** The body of a loop while it is written: a vector of numbers at a time. */
export class Body {
  /** Run once, before the loop. */
  readonly constants: Statement[] = [];
  readonly statements: Statement[] = [];
  readonly #known = new Map<number | bigint, Vector>();
  readonly #parts = new Map<Vector, Map<string, Vector>>();

  constructor(readonly format: Format) {}

  /** Whether four numbers in single precision are computed at a time, not two in double. */
  get isSingle(): boolean {
    return this.format.digits === 23;
  }

  /** Computes it here, once; what is read more than once must be kept. */
  keep(value: Vector, name = "t"): Vector {
    const kept = local("v128", name);
    this.statements.push(set(kept, value));
    return kept;
  }

  /** A part of several functions of x, by its name: computed the first time only. */
  once(x: Vector, name: string, make: () => Vector): Vector {
    const parts = this.#parts.get(x) ?? new Map<string, Vector>();
    this.#parts.set(x, parts);
    let part = parts.get(name);
    if (part === undefined) {
      part = this.keep(make(), name);
      parts.set(name, part);
    }
    return part;
  }

  /** A number in all lanes. */
  number(value: number): Vector {
    if (Object.is(value, -0)) return this.signBits;
    return this.#constant(value, () => this.format.number(value));
  }

  /** The bits of a number in all lanes. */
  bits(value: bigint): Vector {
    return this.#constant(value, () => this.format.bits(value));
  }

  /** The bit of each number that is its sign. */
  get signBits(): Vector {
    return this.bits(this.isSingle ? 1n << 31n : 1n << 63n);
  }

  /** Σ cₖ xᵏ: even and odd powers apart, so that two sums are under way at once. */
  polynomial(
    coefficients: readonly number[],
    x: Vector,
    square = this.keep(this.format.floats.mul(x, x), "square"),
  ): Vector {
    const { add, mul } = this.format.floats;
    const half = (first: number): Vector => {
      let k = coefficients.length - 1;
      if ((k - first) % 2 !== 0) k--;
      let sum = this.number(coefficients[k]);
      for (k -= 2; k >= 0; k -= 2) sum = add(mul(sum, square), this.number(coefficients[k]));
      return sum;
    };
    return add(half(0), mul(half(1), x));
  }

  #constant(key: number | bigint, make: () => Vector): Vector {
    let known = this.#known.get(key);
    if (known === undefined) {
      const hoisted = local("v128", "c");
      this.constants.push(set(hoisted, make()));
      this.#known.set(key, hoisted);
      known = hoisted;
    }
    return known;
  }
}
