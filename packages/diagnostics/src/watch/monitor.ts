import { alphaOf, spentAt } from "../error-rate.ts";
import { holm } from "../statistics.ts";
import { type Drift, Drifting } from "./drift.ts";
import { Sequence, type Surprise } from "./sequence.ts";

/** What is known of a step: logs of norms, which the unit of the loss does not move but together. */
export interface Levels {
  /** log of the gradient norm over all parameters. */
  readonly total: number;
  /** log of the loss; NaN where it has none. */
  readonly loss: number;
  /** The gradient norm of each layer's weights, by place. */
  readonly layers: Readonly<Record<string, number>>;
}

/** What changed: `spike` and `collapse` within two steps, `drift` over many. */
export interface Change {
  readonly kind: "spike" | "collapse" | "drift";
  /** The layer that went another way than the others; null: all of them. */
  readonly place: string | null;
  readonly direction: "up" | "down";
  /** Before and now, in logs of norms, for a layer relative to the others; NaN where nothing was known. */
  readonly expected: number;
  readonly value: number;
  readonly pValue: number;
}

/** A change of the gradient norm below which nobody needs to know: a factor of 100 at once, of 1000 over time. */
const [relevantAtOnce, relevantOverTime] = [Math.log(100), Math.log(1000)];

/** For how many steps in a row a layer must get no gradient at all: a head that few examples ask for gets none now and then. */
const patience = 8;

/** With fewer layers there are no others to compare one with. */
const fewestLayers = 3;

interface LayerHistory {
  readonly sequence: Sequence;
  readonly drifting: Drifting;
  /** Steps in a row without any gradient; whether it ever had one. */
  without: number;
  alive: boolean;
}

/**
 * Compares each step's gradient norm with its own recent past, and each layer's with that of the others.
 *
 * What all layers have in common (a schedule, a factor on the loss, a sum in place of a mean) is taken out of each layer's sequence: the median of
 * the logs. Holm's correction holds for all layers at a step, and the chance of a false alarm is spent over the steps.
 */
export class Monitor {
  readonly #alpha: number;
  readonly #total = new Sequence({ relevant: relevantAtOnce });
  readonly #losses: number[] = [];
  readonly #layers = new Map<string, LayerHistory>();
  #looks = 0;

  /** @param whole the chance of a false alarm over the whole run, of everything */
  constructor(whole?: number) {
    this.#alpha = alphaOf("monitor", whole);
  }

  next(levels: Levels): Change[] {
    const alpha = spentAt(this.#alpha, ++this.#looks);
    const relative = relativeTo(levels.layers);
    const sequences = [this.#total, ...relative.map(({ place }) => this.#historyOf(place).sequence)];
    const values = [levels.total, ...relative.map(({ value }) => value)];
    const surprises = sequences.map((sequence, k) => sequence.compare(values[k]));
    if (this.#isLearnt(surprises[0], levels)) surprises[0] = null;
    const drifts = relative.map(({ place, value }) => this.#historyOf(place).drifting.next(value));
    const pValues = [...surprises, ...drifts].map((each) => each?.pValue ?? 1);
    const adjusted = pValues.some((p) => p < 1) ? holm(pValues) : pValues;
    this.#remember(levels.loss);
    const changes: Change[] = [];
    sequences.forEach((sequence, k) => {
      const place = k === 0 ? null : relative[k - 1].place;
      const found = sequence.take(values[k], adjusted[k] < alpha ? surprises[k] : null, this.#alpha);
      if (found !== null) changes.push(changeOf(found, place, values[k]));
    });
    drifts.forEach((drift, k) => {
      if (drift !== null && adjusted[sequences.length + k] < alpha)
        changes.push(driftOf(drift, relative[k].place));
    });
    return [...changes, ...this.#silenced(levels.layers)];
  }

  #historyOf(place: string): LayerHistory {
    let history = this.#layers.get(place);
    if (history === undefined) {
      history = {
        sequence: new Sequence({ relevant: relevantAtOnce }),
        drifting: new Drifting(relevantOverTime),
        without: 0,
        alive: false,
      };
      this.#layers.set(place, history);
    }
    return history;
  }

  /** Layers that have had no gradient for some steps, and had one before. */
  #silenced(layers: Readonly<Record<string, number>>): Change[] {
    const changes: Change[] = [];
    for (const [place, value] of Object.entries(layers)) {
      const history = this.#historyOf(place);
      if (value === 0) {
        if (++history.without === patience && history.alive) changes.push({ ...silence, place });
      } else {
        history.without = 0;
        history.alive = true;
      }
    }
    return changes;
  }

  /** A gradient that goes because the loss goes is what training is for: the loss must have fallen by the root of the factor, at least. */
  #isLearnt(surprise: Surprise | null, { total, loss }: Levels): boolean {
    if (surprise?.direction !== "down" || this.#losses.length === 0) return false;
    const before = this.#losses.reduce((sum, value) => sum + value, 0) / this.#losses.length;
    return before - loss >= 0.5 * (surprise.expected - total);
  }

  #remember(loss: number): void {
    if (!Number.isFinite(loss)) return;
    this.#losses.push(loss);
    if (this.#losses.length > 32) this.#losses.shift();
  }
}

const silence = {
  kind: "collapse",
  direction: "down",
  expected: Number.NaN,
  value: Number.NEGATIVE_INFINITY,
  pValue: 0,
} as const;

interface Relative {
  readonly place: string;
  readonly value: number;
}

/** Each layer against the median of all; those without any gradient are left out. */
function relativeTo(layers: Readonly<Record<string, number>>): Relative[] {
  const relative: { place: string; value: number }[] = [];
  for (const [place, norm] of Object.entries(layers))
    if (norm > 0) relative.push({ place, value: Math.log(norm) });
  if (relative.length < fewestLayers) return [];
  const sorted = relative.map(({ value }) => value).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  for (const each of relative) each.value -= median;
  return relative;
}

function changeOf({ direction, expected, pValue }: Surprise, place: string | null, value: number): Change {
  return { kind: direction === "up" ? "spike" : "collapse", place, direction, expected, value, pValue };
}

function driftOf({ direction, from, to, pValue }: Drift, place: string): Change {
  return { kind: "drift", place, direction, expected: from, value: to, pValue };
}
