import { addTo, dot, normOf, orthogonalize, scaled } from "./vectors.ts";

/** A symmetric matrix that is known by its products. */
export interface SymmetricMap {
  readonly size: number;
  /** What the matrix's largest element may be off by in a product, as a share. */
  readonly precision: number;
  apply(v: Float64Array): Float64Array;
}

/** Beyond the rounding of products: one is a sum of many. */
const margin = 16;

/**
 * The Lanczos process with full reorthogonalisation: an orthonormal basis in which a symmetric matrix is tridiagonal.
 *
 * @see Lanczos 1950, "An iteration method for the solution of the eigenvalue problem"; Paige 1972
 */
export class Lanczos {
  readonly basis: Float64Array[] = [];
  readonly diagonal: number[] = [];
  /** Beside the diagonal, one for each step: the last leads to the vector that comes next; 0 where the space is closed. */
  readonly below: number[] = [];
  readonly #map: SymmetricMap;
  readonly #excluded: readonly Float64Array[];
  #next: Float64Array | null;
  #scale = 0;

  /** @param excluded orthonormal vectors that the space is to be orthogonal to */
  constructor(map: SymmetricMap, start: Float64Array, excluded: readonly Float64Array[] = []) {
    this.#map = map;
    this.#excluded = excluded;
    const direction = start.slice();
    orthogonalize(direction, excluded);
    const length = normOf(direction);
    this.#next = length > 1e-10 * normOf(start) ? scaled(direction, 1 / length) : null;
  }

  /** Whether the space is closed under the matrix: all eigenvalues of the tridiagonal matrix are exact. */
  get isClosed(): boolean {
    return this.#next === null;
  }

  step(): void {
    const v = this.#next;
    if (v === null) return;
    const product = this.#map.apply(v);
    const alpha = dot(product, v);
    this.basis.push(v);
    this.diagonal.push(alpha);
    addTo(product, -alpha, v);
    const [previous] = this.basis.slice(-2, -1);
    if (previous !== undefined) addTo(product, -this.below[this.below.length - 1], previous);
    orthogonalize(product, [...this.#excluded, ...this.basis]);
    const beta = normOf(product);
    this.#scale = Math.max(this.#scale, Math.abs(alpha) + beta);
    // Below it β is rounding, and the space closed.
    const isFull = this.basis.length + this.#excluded.length >= this.#map.size;
    const ends = isFull || beta <= margin * this.#map.precision * this.#scale || !Number.isFinite(beta);
    this.below.push(ends && !Number.isNaN(beta) ? 0 : beta);
    this.#next = ends ? null : scaled(product, 1 / beta);
  }
}
