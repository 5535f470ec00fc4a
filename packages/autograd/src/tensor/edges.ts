/** Where an edge leads: one output of a node; null where no gradient is tracked. */
export interface Origin<N> {
  readonly node: N | null;
  readonly outputIndex: number;
}

/**
 * What made the inputs of a node.
 *
 * Most nodes have one input or two: fields take a third of the memory of an array.
 */
export class Edges<N> {
  #first: N | null | undefined;
  #second: N | null | undefined;
  #others: readonly (N | null)[] = nothing;
  #outputs: readonly number[] | null = null;

  constructor(origins: readonly Origin<N>[]) {
    const count = origins.length;
    if (count > 0) this.#first = origins[0].node;
    if (count > 1) this.#second = origins[1].node;
    if (count > 2) this.#others = origins.slice(2).map(({ node }) => node);
    for (let k = 0; k < count; k++)
      if (origins[k].outputIndex !== 0) this.#outputs = origins.map(({ outputIndex }) => outputIndex);
  }

  /** How many inputs there were; none are known once they are forgotten. */
  get arity(): number {
    return this.#first === undefined ? 0 : this.#second === undefined ? 1 : 2 + this.#others.length;
  }

  /** The node that made an input; null where no gradient is tracked. */
  source(position: number): N | null {
    return (
      (position === 0 ? this.#first : position === 1 ? this.#second : this.#others[position - 2]) ?? null
    );
  }

  /** Which of the outputs of its source an input is. */
  sourceOutput(position: number): number {
    return this.#outputs === null ? 0 : this.#outputs[position];
  }

  /** For each input the node that made it; null where no gradient is tracked. */
  get sources(): readonly (N | null)[] {
    return Array.from({ length: this.arity }, (_, position) => this.source(position));
  }

  protected forget(): void {
    this.#first = undefined;
    this.#second = undefined;
    this.#others = nothing;
  }
}

const nothing: readonly never[] = Object.freeze([]);
