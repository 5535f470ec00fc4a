import { Edges } from "./edges.ts";

/** The tensors that rules read: mostly one input or one output, and then without an array around it. */
export class Kept<N, T extends object> extends Edges<N> {
  #inputs: T | T[] | null = null;
  /** Which input it is, where one is kept. */
  #position = 0;
  #outputs: T | readonly T[] | null = null;

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
    this.#inputs = null;
    this.#outputs = null;
    this.forget();
  }
}

const nothing: readonly never[] = Object.freeze([]);
