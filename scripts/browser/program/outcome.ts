/** What the program computed: plain data, so that a page and Node can be compared by their JSON. */
export interface Outcome {
  readonly means: Means;
  /** Losses, parameters and derivatives by name. */
  readonly series: Readonly<Record<string, Series>>;
  /** What anomaly mode said of the logarithm of a negative number, and the place it named. */
  readonly anomaly: { readonly message: string; readonly site: string | null };
}

/** What a host allows. */
export interface Means {
  /** Memory that is shared with workers. */
  readonly isolated: boolean;
  /** Workers that took over some work. */
  readonly threads: boolean;
  /** Code from strings. */
  readonly evaluates: boolean;
  readonly webAssembly: boolean;
}

export interface Series {
  readonly values: readonly number[];
  /** How far apart two hosts may be, in units of the largest value. */
  readonly bound: number;
  /** Whether hosts of the same means agree to the bit: nothing is computed in which engines differ, as in exponentials and powers. */
  readonly exact: boolean;
}
