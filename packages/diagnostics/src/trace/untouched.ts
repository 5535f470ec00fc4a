import { type Handle, type Observer, type OperationEvent, observe, type Tensor } from "@isograd/autograd";
import { shareStorage } from "./storages.ts";

/** A tensor as it was when it was first read. */
interface Before {
  readonly value: Tensor;
  readonly grad: Tensor | null;
}

/**
 * Runs `f` and gives every tensor that operations read meanwhile its former value and `grad` again, however `f` ends: leaves that were drawn
 * anew, running statistics that moved on.
 */
export function leavingUntouched<R>(f: () => R): R {
  const reader = new Reader();
  try {
    return f();
  } finally {
    reader.restore();
  }
}

class Reader implements Observer {
  readonly #read = new Map<Tensor, Before>();
  readonly #made = new WeakSet<Tensor>();
  readonly #handle: Handle = observe(this);

  operation({ inputs, outputs, mapped }: OperationEvent): void {
    if (mapped) return; // what stands for one example was read as all of them
    for (const input of inputs) {
      if (!input.isLeaf || this.#made.has(input) || this.#read.has(input)) continue;
      this.#read.set(input, { value: input.detach(), grad: input.grad });
    }
    for (const output of outputs) this.#made.add(output);
  }

  restore(): void {
    this.#handle.remove();
    for (const [tensor, { value, grad }] of this.#read) {
      if (!shareStorage(tensor, value)) tensor.assign(value);
      tensor.grad = grad;
    }
  }
}
