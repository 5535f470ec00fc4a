import { block, branchIf, loop, when } from "../assembler/control.ts";
import * as f64x2 from "../assembler/instructions/f64x2.ts";
import * as i32 from "../assembler/instructions/i32.ts";
import * as v128 from "../assembler/instructions/v128.ts";
import { local, set } from "../assembler/local.ts";
import type { Expression, Local, Statement } from "../assembler/term.ts";
import type { Vector } from "../assembler/vector-instruction.ts";
import { Body, type Precision } from "../elementwise/body.ts";
import { f64x2Format } from "../elementwise/format.ts";
import { f32RowLanes, f64RowLanes, type RowLanes } from "./row-lanes.ts";

/** One vector's turn on the way along a row. */
export interface Turn {
  /** The numbers of a row that begins at `row`; where the row has ended, `beyond`. */
  load(row: Expression<"i32">, beyond?: number): Vector;
  /** The numbers of a row of doubles, part by part. */
  loadDoubles(row: Expression<"i32">): readonly Vector[];
  /** Sets parts to zero where the row has ended. */
  within(parts: readonly Vector[]): readonly Vector[];
  /** Writes into a row of a matrix. What is written beyond its end is in the row that comes next, and overwritten there. */
  store(row: Expression<"i32">, value: Vector): void;
  storeDoubles(row: Expression<"i32">, parts: readonly Vector[]): void;
}

/** Writes code for one row of a matrix whose rows lie in the arena one behind the other. */
export class RowWriter {
  readonly lanes: RowLanes;
  /** In the precision of the numbers; its statements are those that come next. */
  readonly body: Body;
  readonly columns = local("i32", "columns");
  /** Bytes of a row, and of the whole vectors in it. */
  readonly rowBytes = local("i32", "rowBytes");
  readonly #wholeBytes = local("i32", "wholeBytes");
  readonly #mask = local("v128", "mask");
  readonly #maskParts: readonly Local<"v128">[];
  readonly #at = local("i32", "at");

  constructor(readonly precision: Precision) {
    this.lanes = precision === "f32" ? f32RowLanes : f64RowLanes;
    this.body = new Body(this.lanes.format);
    this.#maskParts = this.lanes.doublesOfMask(this.#mask).map(() => local("v128", "maskPart"));
  }

  /** Computes with pairs of doubles here, by rules for such. */
  inDoubles(make: (body: Body) => Vector): Vector {
    const body = new Body(f64x2Format);
    const value = make(body);
    this.body.constants.push(...body.constants);
    this.add(...body.statements);
    return this.keep(value, "pair");
  }

  /** What is computed once, before the first row. */
  prologue(): Statement[] {
    const { first, doublesOfMask, format } = this.lanes;
    const { count, width } = format;
    return [
      set(this.rowBytes, i32.mul(this.columns, width)),
      set(this.#wholeBytes, i32.and(this.rowBytes, -16)),
      set(this.#mask, first(i32.and(this.columns, count - 1))),
      ...doublesOfMask(this.#mask).map((part, k) => set(this.#maskParts[k], part)),
      ...this.body.constants,
    ];
  }

  /** Computes it here, once; what is read more than once must be kept. */
  keep(value: Vector, name?: string): Vector {
    return this.body.keep(value, name);
  }

  add(...statements: readonly Statement[]): void {
    this.body.statements.push(...statements);
  }

  /** A variable that begins each row at a value. */
  variable(name: string, start: Vector): Local<"v128"> {
    const variable = local("v128", name);
    this.add(set(variable, start));
    return variable;
  }

  /**
   * Goes along the row, vector by vector.
   *
   * @param turns how many are written one after the other in the loop, so that each may have its own variables: one that waits for itself
   *   is waited for less often; `visit` is told which it is
   */
  along(visit: (turn: Turn, which: number) => void, turns = 1): void {
    const whole = Array.from({ length: turns }, (_, which) =>
      this.#write(() => visit(this.#turn(false), which)),
    );
    const rest = this.#write(() => visit(this.#turn(true), 0));
    const next = set(this.#at, i32.add(this.#at, 16));
    const isLast = i32.geU(this.#at, this.#wholeBytes);
    this.add(
      set(this.#at, 0),
      block((exit) => [
        branchIf(exit, i32.eqz(this.#wholeBytes)),
        loop((again) => [
          ...whole.flatMap((statements, which) =>
            which === 0 ? [...statements, next] : [branchIf(exit, isLast), ...statements, next],
          ),
          branchIf(again, i32.ltU(this.#at, this.#wholeBytes)),
        ]),
      ]),
      when(i32.ne(this.#at, this.rowBytes), rest),
    );
  }

  #turn(isRest: boolean): Turn {
    const place = (row: Expression<"i32">) => i32.add(row, this.#at);
    // Doubles of a row of f32 take twice the room.
    const { doubles, format } = this.lanes;
    const doublesPlace = (row: Expression<"i32">) =>
      format.width === 8 ? place(row) : i32.add(row, i32.shl(this.#at, 1));
    const parts = doubles(this.#mask).map((_, k) => 16 * k);
    return {
      load: (row, beyond = 0) => {
        const value = v128.load(place(row));
        return this.keep(isRest ? v128.bitselect(value, this.body.number(beyond), this.#mask) : value, "x");
      },
      loadDoubles: (row) => parts.map((offset) => this.keep(v128.load(doublesPlace(row), offset), "part")),
      within: (values) => (isRest ? values.map((value, k) => v128.and(value, this.#maskParts[k])) : values),
      store: (row, value) => this.add(v128.store(place(row), value)),
      storeDoubles: (row, values) =>
        this.add(...values.map((value, k) => v128.store(doublesPlace(row), value, parts[k]))),
    };
  }

  /** The statements that writing brings, taken out of the flow. */
  #write(write: () => void): Statement[] {
    const { statements } = this.body;
    const before = statements.length;
    write();
    return statements.splice(before);
  }

  /** A sum over the row, of what each turn adds: in both lanes, in double precision. */
  sum(name: string, term: (turn: Turn) => readonly Vector[], turns?: number): Vector {
    return this.sums([name], (turn) => [term(turn)], turns)[0];
  }

  /** Several sums at once. @param turns see `along` */
  sums(
    names: readonly string[],
    terms: (turn: Turn) => readonly (readonly Vector[])[],
    turns = 1,
  ): readonly Vector[] {
    const parts = this.#maskParts.length;
    const totals = names.map((name) =>
      Array.from({ length: turns * parts }, () => this.variable(name, f64x2.const(0, 0))),
    );
    this.along((turn, which) => {
      terms(turn).forEach((term, j) => {
        turn.within(term).forEach((part, k) => {
          const total = totals[j][which * parts + k];
          this.add(set(total, f64x2.add(total, part)));
        });
      });
    }, turns);
    return totals.map(([first, ...others], j) => {
      const pair = others.reduce<Vector>((sum, part) => this.keep(f64x2.add(sum, part), names[j]), first);
      return this.keep(f64x2.add(pair, v128.shuffle(pair, pair, [1, 0])), names[j]);
    });
  }
}
