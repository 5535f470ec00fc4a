/** Where an edge leads: one output of a node; null where no gradient is tracked. */
export interface Origin<N> {
  readonly node: N | null;
  readonly outputIndex: number;
}

/**
 * What a node holds of its inputs and outputs: what made the inputs, and those tensors that rules read.
 *
 * Most nodes have one input or two, and keep one tensor at most: fields take a third of the memory of arrays.
 */
export class Edges<N, T extends object> {
  #first: N | null | undefined;
  #second: N | null | undefined;
  #others: readonly (N | null)[] = nothing;
  #sourceOutputs: readonly number[] | null = null;
  #inputs: T | T[] | null = null;
  /** Which input it is, where one is kept. */
  #position = 0;
  #outputs: T | readonly T[] | null = null;

  constructor(origins: readonly Origin<N>[]) {
    const count = origins.length;
    if (count > 0) this.#first = origins[0].node;
    if (count > 1) this.#second = origins[1].node;
    if (count > 2) this.#others = origins.slice(2).map(({ node }) => node);
    for (let k = 0; k < count; k++)
      if (origins[k].outputIndex !== 0) this.#sourceOutputs = origins.map(({ outputIndex }) => outputIndex);
  }

  /** How many inputs there were; a freed node knows of none. */
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
    return this.#sourceOutputs === null ? 0 : this.#sourceOutputs[position];
  }

  /** For each input the node that made it; null where no gradient is tracked. */
  get sources(): readonly (N | null)[] {
    return Array.from({ length: this.arity }, (_, position) => this.source(position));
  }

  /** The inputs that the rules read; a hole where no rule does. */
  get inputs(): readonly T[] {
    const kept = this.#inputs;
    if (kept === null) return nothing;
    if (Array.isArray(kept)) return kept;
    const inputs = new Array<T>(this.arity);
    inputs[this.#position] = kept;
    return inputs;
  }

  /** Keeps an input for the rules. */
  keep(position: number, input: T): void {
    if (this.#inputs === null) {
      this.#inputs = input;
      this.#position = position;
    } else {
      const inputs = this.inputs as T[];
      inputs[position] = input;
      this.#inputs = inputs;
    }
  }

  /** The output, where a rule reads it; the leaf itself, for a leaf. */
  get output(): T {
    return (Array.isArray(this.#outputs) ? this.#outputs[0] : this.#outputs) as T;
  }

  set output(output: T) {
    this.#outputs = output;
  }

  /** All outputs, where the rules of an op with several read them. */
  get outputs(): readonly T[] {
    return Array.isArray(this.#outputs) ? this.#outputs : nothing;
  }

  set outputs(outputs: readonly T[]) {
    this.#outputs = outputs;
  }

  /** Drops what the rules would read, and the way to the inputs. */
  free(): void {
    this.#first = undefined;
    this.#second = undefined;
    this.#others = nothing;
    this.#inputs = null;
    this.#outputs = null;
  }
}

const nothing: readonly never[] = Object.freeze([]);
