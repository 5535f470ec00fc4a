let deterministic = false;

/**
 * Has results be the same to the bit on every machine whose WebAssembly has vectors: each product and each sum is rounded by itself.
 *
 * Without, matrix products use an instruction that multiplies, adds and rounds once where there is one: up to a third faster, at least as accurate,
 * and other in the last digits than where there is none. Off by default. A native library (`@isograd/autograd/blas`) rounds as it likes.
 *
 * @see torch.use_deterministic_algorithms
 * @example
 * setDeterministic(true);
 * isDeterministic(); // true
 * setDeterministic(false);
 */
export function setDeterministic(on: boolean): void {
  deterministic = on;
}

/**
 * Whether results are the same on every machine; see `setDeterministic`.
 *
 * @example
 * isDeterministic(); // false
 */
export function isDeterministic(): boolean {
  return deterministic;
}
