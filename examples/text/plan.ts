/** How long is learnt, and how fast. */
export interface Pace {
  readonly epochs: number;
  /** At its highest: it rises to there for some steps, then falls along half a cosine. */
  readonly learningRate: number;
  readonly warmup: number;
  /** The longest that all gradients together may be. */
  readonly maxNorm: number;
}

export interface LstmPlan extends Pace {
  readonly embedding: number;
  readonly hidden: number;
  readonly layers: number;
  readonly dropout: number;
  /** How many pieces of the text are read side by side. */
  readonly streams: number;
  /** How many characters gradients reach back. */
  readonly time: number;
}

export interface TransformerPlan extends Pace {
  readonly features: number;
  /** How many characters back a convolution reaches. */
  readonly reach: number;
  readonly heads: number;
  readonly layers: number;
  readonly dropout: number;
  /** How many characters are seen at once. */
  readonly length: number;
  readonly batchSize: number;
  /** An epoch is so many steps, since windows are drawn. */
  readonly steps: number;
}

export interface Plan {
  /** How many characters of the book are used. */
  readonly characters: number;
  /** How many characters each model writes in the end. */
  readonly written: number;
  readonly lstm: LstmPlan;
  readonly transformer: TransformerPlan;
}

export const wholePlan: Plan = {
  characters: Number.POSITIVE_INFINITY,
  written: 400,
  lstm: {
    embedding: 64,
    hidden: 256,
    layers: 1,
    dropout: 0.1,
    streams: 32,
    time: 32,
    epochs: 2,
    learningRate: 3e-3,
    warmup: 100,
    maxNorm: 1,
  },
  transformer: {
    features: 128,
    reach: 3,
    heads: 4,
    layers: 2,
    dropout: 0,
    length: 64,
    batchSize: 16,
    steps: 250,
    epochs: 10,
    learningRate: 2e-3,
    warmup: 100,
    maxNorm: 1,
  },
};

/** Small enough to see in seconds that all works; what it writes is no English. */
export const quickPlan: Plan = {
  characters: 60_000,
  written: 200,
  lstm: { ...wholePlan.lstm, hidden: 64, streams: 16, epochs: 2, warmup: 10 },
  transformer: { ...wholePlan.transformer, features: 32, layers: 1, steps: 50, epochs: 2, warmup: 10 },
};
