/** A place on the line that a search goes along. */
export interface LinePoint {
  /** How far from the start, in lengths of the direction. */
  readonly step: number;
  readonly loss: number;
  /** The derivative of the loss by the step. */
  readonly slope: number;
  readonly gradient: Float64Array;
}

/** A line to search. */
export interface Line {
  /** Step 0. */
  readonly start: LinePoint;
  /** The step to try first. */
  readonly first: number;
  /** The largest magnitude in the direction. */
  readonly reach: number;
  /** Evaluates loss and gradient there. */
  at(step: number): LinePoint;
}

/** Finds the point of a line to go to; `start` where it finds none. */
export type LineSearch = (line: Line) => LinePoint;
