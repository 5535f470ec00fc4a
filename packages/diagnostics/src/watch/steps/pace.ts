import type { Tensor } from "@isograd/autograd";
import type { TracedLeaf } from "../../trace/trace.ts";
import { ParameterSample, type Phase, type Sums } from "../record/parameter-sample.ts";
import { Leap, type Leapt } from "./leap.ts";
import { Stall, type Stalled } from "./stall.ts";
import { Unmoved, type Untrained } from "./unmoved.ts";

/** So many sweeps add up to the gradient that training begins with. */
const gathered = 16;

/** Of so many programs at most that share a parameter it is remembered that they do. */
const most = 8;

/** So many sweeps are all looked at; of the later ones two in seven, which no number of sweeps to an update divides. */
const [dense, period] = [140, 7];

/** So many numbers of a parameter tell the length of a step to some hundredths. */
const fewer = 128;

/** What is remembered of the sweeps of one program. */
class Track {
  readonly stall: Stall;
  readonly leap = new Leap();
  readonly unmoved = new Unmoved();
  sample: ParameterSample;
  /** Which sweep of all was looked at last. */
  seenAt = Number.NEGATIVE_INFINITY;
  sweeps = 0;
  /** Sweeps among the first behind which the parameters had changed. */
  updates = 0;
  /** Two models were taken for one. */
  isMixed = false;
  /** Another program learns the same parameters: what it does to them is no step of this one. */
  isShared = false;

  constructor(
    leaves: readonly TracedLeaf[],
    readonly key: number,
    alpha: number,
  ) {
    this.stall = new Stall(alpha);
    this.sample = new ParameterSample(leaves);
  }

  /** From here on the gradients are left alone, and the length of the steps takes fewer numbers. */
  thin(leaves: readonly TracedLeaf[]): void {
    this.sample = new ParameterSample(leaves, fewer);
    this.seenAt = Number.NEGATIVE_INFINITY;
  }

  /** What there is to be seen at a sweep. */
  phaseAt(sweep: number): Phase {
    return sweep < gathered ? "gathering" : this.stall.isOver ? "weights" : "comparing";
  }
}

/** What is to be seen of a sweep. */
export interface PacedSweep {
  /** Its leaves, with their gradients, and what tells the program. */
  readonly leaves: readonly TracedLeaf[];
  readonly key: number;
  readonly gradientNorm: number;
  readonly loss: number;
  readonly step: number;
}

/** As a share of the norm of the weights, and behind which sweep of all; -1: none was seen. */
export interface LongestStep {
  readonly moved: number;
  readonly step: number;
}

/**
 * Follows how far each update takes the parameters, and says where the steps are too small or too large.
 *
 * Programs are told apart by their parameters: two models that are trained in turn are two. Parameters that are new tensors at each sweep are
 * those of the sweep before.
 */
export class Pace {
  readonly #alpha: number;
  readonly #learnedBy = new WeakMap<Tensor, Track[]>();
  /** The last program whose parameters were never seen before, by its size; null once parameters of this size came again. */
  readonly #renewed = new Map<number, Track | null>();
  #longest = { moved: 0, step: -1 };
  #updates = 0;
  #gain = Number.NaN;
  #length = Number.NaN;
  #skipped = 0;

  /** @param alpha the chance of a false alarm over the whole run, of everything */
  constructor(alpha: number) {
    this.#alpha = alpha;
  }

  /** The longest step so far, as a share of the norm of the weights, and behind which sweep of all it was. */
  get longest(): LongestStep {
    return this.#longest;
  }

  /** How often the parameters of the program seen last have changed so far; of a long run an estimate. */
  get updates(): number {
    return this.#updates;
  }

  /** √(fanIn · mean square) of the weights that were looked at last. */
  get gain(): number {
    return this.#gain;
  }

  /** |Δw| of the update behind the sweep before; NaN where that was not looked at. */
  get length(): number {
    return this.#length;
  }

  /** A sweep went by unseen: what moved since is no single step. */
  skip(): void {
    this.#skipped++;
  }

  /** Takes a sweep. */
  next({ leaves, key, gradientNorm, loss, step }: PacedSweep): Stalled | Leapt | Untrained | null {
    if (leaves.length === 0) return null;
    const track = this.#trackOf(leaves, key);
    const sweep = track.sweeps++;
    this.#length = Number.NaN;
    if (track.isShared) return null;
    const looks = sweep < dense || sweep % period < 2;
    const sums = looks ? track.sample.look(leaves, track.phaseAt(sweep)) : null;
    const moved = sums === null ? Number.NaN : this.#movedBy(sums, track, sweep);
    if (moved > this.#longest.moved) this.#longest = { moved, step: step - 1 };
    this.#updates = sweep < dense ? track.updates : (track.updates / dense) * sweep;
    const gain = sums === null ? Number.NaN : Math.sqrt(sums.weights / track.sample.rows);
    if (sums !== null) {
      this.#length = moved * Math.sqrt(sums.weightsBefore);
      this.#gain = gain;
    }
    // The first look finds all numbers new.
    const hasMoved = sums?.hasMoved === true && sweep > 0;
    const untrained = track.unmoved.next({ leaves, gradientNorm, hasMoved });
    if (untrained !== null) return untrained;
    const leapt = track.leap.next({ sweep, loss, moved, gain });
    if (leapt !== null || sums === null || track.stall.isOver) return leapt;
    const reach = Math.sqrt(sums.parameters) * gradientNorm;
    if (!Number.isFinite(reach)) return null;
    const along = sweep < gathered ? Number.NaN : sums.along;
    const stalled = track.stall.next(
      { sweep, loss, moved, along, agreed: sums.agreed, byGrowth: -sums.product, reach },
      this.#updates,
    );
    if (track.stall.isOver) track.thin(leaves);
    return stalled;
  }

  #trackOf(leaves: readonly TracedLeaf[], key: number): Track {
    const known = this.#learnedBy.get(leaves[0].tensor);
    const same = known?.find((track) => track.key === key && !track.isMixed);
    if (same !== undefined && this.#renewed.get(key) !== same) return same;
    if (same !== undefined) {
      // Parameters that come again are not renewed: what was taken for one program may be two.
      this.#renewed.set(key, null);
      if (same.sweeps === 1) return same;
      same.isMixed = true;
      this.#longest = { moved: 0, step: -1 };
      return this.#begin(leaves, key);
    }
    const renewed = this.#renewed.get(key);
    if (renewed === null || renewed === undefined) return this.#begin(leaves, key);
    this.#learnedBy.set(leaves[0].tensor, [renewed]);
    return renewed;
  }

  #begin(leaves: readonly TracedLeaf[], key: number): Track {
    const track = new Track(leaves, key, this.#alpha);
    if (!this.#renewed.has(key)) this.#renewed.set(key, track);
    for (const { tensor } of leaves) {
      const others = (this.#learnedBy.get(tensor) ?? []).filter((other) => other.key !== key);
      for (const other of [...others, track]) other.isShared ||= others.length > 0;
      this.#learnedBy.set(tensor, [...others.slice(-most), track]);
    }
    return track;
  }

  /** How far the weights moved since the sweep before, as a share of their norm; NaN where that was not looked at. */
  #movedBy(sums: Sums, track: Track, sweep: number): number {
    const at = sweep + this.#skipped;
    const isNext = track.seenAt === at - 1;
    track.seenAt = at;
    if (isNext && sweep <= dense && sums.moved > 0) track.updates++;
    const share = Math.sqrt(sums.moved / sums.weightsBefore);
    return isNext && Number.isFinite(share) ? share : Number.NaN;
  }
}
