/** A layer with weights, as the rules of all tools see it at a step. */
export interface LayerObservation {
  /** Its scope path. */
  readonly place: string;
  /** The activation that takes what it makes, such as `relu`; null: none, as at the output. */
  readonly activation: string | null;
  /** How many units it has: what stands last in `preActivations` and `outputs`. */
  readonly units: number;
  /** Before the update of this step. */
  readonly weight: ArrayLike<number>;
  /** To the weight. */
  readonly gradient: ArrayLike<number>;
  /** What the optimizer added to the weight at this step. */
  readonly update: ArrayLike<number>;
  /** [examples × units], what the activation takes. */
  readonly preActivations: ArrayLike<number>;
  /** [examples × units], what it gives; the pre-activations themselves where there is none. */
  readonly outputs: ArrayLike<number>;
}

/** What rules are told of a training step. */
export interface Observation {
  readonly step: number;
  /** Counted from 0. */
  readonly epoch: number;
  /** Whether this step is the last one of its epoch. */
  readonly endsEpoch: boolean;
  readonly loss: number;
  /** Share of this batch that is told right, 0 to 1; for regression, the explained variance, at least 0. */
  readonly accuracy: number;
  /** In order of depth. */
  readonly layers: readonly LayerObservation[];
}

/** One of a tool's rules fired. */
export interface Firing {
  readonly rule: string;
  readonly step: number;
}

/** The rules of one published tool, watching one run. */
export interface Rules {
  /** @returns what fires at this step */
  observe(observation: Observation): readonly Firing[];
}

/** A published tool, its rules re-implemented. */
export interface Rival {
  readonly name: string;
  /** Of the paper or documentation the rules are from. */
  readonly source: string;
  /** New rules for a new run. @param epochs how many whole ones it will have: some rules wait for a share of them, or for the last */
  begin(epochs: number): Rules;
}
