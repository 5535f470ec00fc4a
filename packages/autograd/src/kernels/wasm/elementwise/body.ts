import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i64x2 from "../assembler/instructions/i64x2.ts";
import { local, set } from "../assembler/local.ts";
import type { Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";

/** The element type of operands and result; the arithmetic between is in double precision for both. */
export type Precision = "f32" | "f64";

/** The body of a loop while it is written: two numbers in double precision at a time. */
export class Body {
  /** Run once, before the loop. */
  readonly constants: Statement[] = [];
  readonly statements: Statement[] = [];
  readonly #known = new Map<number | bigint, Vector>();
  readonly #parts = new Map<Vector, Map<string, Vector>>();

  constructor(readonly precision: Precision) {}

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

  /** A number in both lanes. */
  number(value: number): Vector {
    return this.#constant(Object.is(value, -0) ? signBit : value, () => f64x2.const(value, value));
  }

  /** Sixty-four bits in both lanes. */
  bits(value: bigint): Vector {
    return this.#constant(value, () => i64x2.const(value, value));
  }

  /** Σ cₖ xᵏ: even and odd powers apart, so that two sums are under way at once. */
  polynomial(
    coefficients: readonly number[],
    x: Vector,
    square = this.keep(f64x2.mul(x, x), "square"),
  ): Vector {
    const half = (first: number): Vector => {
      let k = coefficients.length - 1;
      if ((k - first) % 2 !== 0) k--;
      let sum = this.number(coefficients[k]);
      for (k -= 2; k >= 0; k -= 2) sum = f64x2.add(f64x2.mul(sum, square), this.number(coefficients[k]));
      return sum;
    };
    return f64x2.add(half(0), f64x2.mul(half(1), x));
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

export const signBit = 0x8000000000000000n;
