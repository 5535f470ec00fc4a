import { alphaOf, spentAt } from "../../error-rate.ts";
import { holm } from "../../statistics.ts";
import { type Drift, Drifting } from "./drift.ts";
import { Sequence, type Surprise } from "./sequence.ts";

/** What is known of a step: logs of norms, which the unit of the loss does not move but together. */
export interface Levels {
  /** log of the gradient norm over all parameters. */
  readonly total: number;
  /** log of the loss; NaN where it has none. */
  readonly loss: number;
  /** The layers, the same array at each step of one program, and the gradient norm of each one's weights. */
  readonly places: readonly string[];
  readonly norms: readonly number[];
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

/** What is remembered of a layer, or of all of them, and what was said of the latest value. */
class NormHistory {
  readonly sequence = new Sequence({ relevant: relevantAtOnce });
  readonly drifting = new Drifting(relevantOverTime);
  value = 0;
  surprise: Surprise | null = null;
  drift: Drift | null = null;
  /** Steps in a row without any gradient; whether it ever had one. */
  without = 0;
  alive = false;

  /** @param place null: all layers */
  constructor(readonly place: string | null) {}
}

/**
 * Compares each step's gradient norm with its own recent past, and each layer's with that of the others.
 *
 * What all layers have in common (a schedule, a factor on the loss, a sum in place of a mean) is taken out of each layer's sequence: the median of
 * the logs. Holm's correction holds for all layers at a step, and the chance of a false alarm is spent over the steps.
 */
export class Monitor {
  readonly #alpha: number;
  readonly #total = new NormHistory(null);
  readonly #losses: number[] = [];
  readonly #layers = new Map<string, NormHistory>();
  readonly #histories = new WeakMap<readonly string[], readonly NormHistory[]>();
  #looks = 0;

  /** @param whole the chance of a false alarm over the whole run, of everything */
  constructor(whole?: number) {
    this.#alpha = alphaOf("monitor", whole);
  }

  next(levels: Levels): readonly Change[] {
    const alpha = spentAt(this.#alpha, ++this.#looks);
    const judged = this.#judge(levels);
    this.#remember(levels.loss);
    const changes = this.#silenced(levels);
    if (judged.every(({ surprise, drift }) => surprise === null && drift === null)) {
      for (const { sequence, value } of judged) sequence.take(value, null, this.#alpha);
      return changes;
    }
    const pValues = judged.flatMap(({ surprise, drift }) => [surprise?.pValue ?? 1, drift?.pValue ?? 1]);
    const adjusted = holm(pValues);
    judged.forEach(({ place, sequence, value, surprise, drift }, k) => {
      const found = sequence.take(value, adjusted[2 * k] < alpha ? surprise : null, this.#alpha);
      if (found !== null) changes.push(changeOf(found, place, value));
      if (drift !== null && adjusted[2 * k + 1] < alpha) changes.push(driftOf(drift, place));
    });
    return changes;
  }

  /** The total, and each layer that has a gradient, against the median of these. */
  #judge(levels: Levels): readonly NormHistory[] {
    const { total, places, norms } = levels;
    const all = this.#total;
    all.value = total;
    all.surprise = all.sequence.compare(total);
    if (this.#isLearnt(all.surprise, levels)) all.surprise = null;
    const judged = [all];
    const common = commonOf(norms);
    if (common === null) return judged;
    const histories = this.#historiesOf(places);
    for (let k = 0; k < norms.length; k++) {
      if (!(norms[k] > 0)) continue;
      const history = histories[k];
      history.value = Math.log(norms[k]) - common;
      history.surprise = history.sequence.compare(history.value);
      history.drift = history.drifting.next(history.value);
      judged.push(history);
    }
    return judged;
  }

  #historiesOf(places: readonly string[]): readonly NormHistory[] {
    let histories = this.#histories.get(places);
    if (histories === undefined) {
      histories = places.map((place) => {
        const history = this.#layers.get(place) ?? new NormHistory(place);
        this.#layers.set(place, history);
        return history;
      });
      this.#histories.set(places, histories);
    }
    return histories;
  }

  /** Layers that have had no gradient for some steps, and had one before. */
  #silenced({ places, norms }: Levels): Change[] {
    const changes: Change[] = [];
    const histories = this.#historiesOf(places);
    for (let k = 0; k < norms.length; k++) {
      const history = histories[k];
      if (norms[k] === 0) {
        if (++history.without === patience && history.alive)
          changes.push({ ...silence, place: history.place });
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

/** The median of the logs of the norms; null where there are too few layers to compare. */
function commonOf(norms: readonly number[]): number | null {
  const logs = new Float64Array(norms.length);
  let count = 0;
  for (let k = 0; k < norms.length; k++) if (norms[k] > 0) logs[count++] = Math.log(norms[k]);
  if (count < fewestLayers) return null;
  const sorted = logs.subarray(0, count).sort();
  const middle = count >> 1;
  return count % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function changeOf({ direction, expected, pValue }: Surprise, place: string | null, value: number): Change {
  return { kind: direction === "up" ? "spike" : "collapse", place, direction, expected, value, pValue };
}

function driftOf({ direction, from, to, pValue }: Drift, place: string | null): Change {
  return { kind: "drift", place, direction, expected: from, value: to, pValue };
}
