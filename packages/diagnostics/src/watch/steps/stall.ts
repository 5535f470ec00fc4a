import { studentTTail } from "@isograd/autograd";
import { alphaOf, spentAt } from "../../error-rate.ts";
import { deviationOf, meanOf } from "../../statistics.ts";
import { Milestones } from "./milestones.ts";

/** What one sweep shows of the way that training takes; all of it free of the unit of the loss once compared. */
export interface Move {
  /** Counted from 0. */
  readonly sweep: number;
  /** How far the weights moved since the sweep before, as a share of their norm; NaN where that was not looked at. */
  readonly moved: number;
  /** The gradient's product with what the first gradients add up to; NaN while these are gathered. */
  readonly along: number;
  /** The gradient's product with what all gradients before add up to. */
  readonly agreed: number;
  readonly loss: number;
  /** What growing all parameters by a share would take off the loss, for each share: -⟨w, g⟩. */
  readonly byGrowth: number;
  /** |w| |g|: what the loss could change by at most, for each share that the parameters move by. */
  readonly reach: number;
}

/** Training that stays where it began. */
export interface Stalled {
  readonly sweeps: number;
  /** What all steps so far add up to, as a share of the norm of the weights, had they all gone one way. */
  readonly path: number;
  /** What is left of the gradient that training began with. */
  readonly left: number;
  /** The loss lately, as a part of that at the beginning. */
  readonly loss: number;
  /** No step is large enough to matter. */
  readonly isShort: boolean;
  /**
   * How likely the gradient is to look as unchanged where training follows it, or as consistent where it is noise and steps are short; null where
   * steps are short and gradients do not agree.
   */
  readonly pValue: number | null;
}

/** How much of the gradient must be left: surely, and by the best estimate. Training that goes anywhere uses up its first gradient. */
const [surelyLeft, likelyLeft, halfLeft] = [0.6, 0.75, 0.5];

/**
 * The mean step as a share of the norm of the weights: in healthy training some thousandths. Where it is this short, any agreement of the gradients
 * shows that there is somewhere to go, and half of the first gradient is enough; where the loss stays as well, agreement alone, and without it
 * an output that says nothing. From `longStep` on
 * some hundred steps put other weights in the place of all, and what they leave of the gradient is no matter of their length.
 */
const [shortStep, longStep] = [1e-4, 1e-3];

/** The loss as a part of that at the beginning, below which training gets somewhere after all, behind short steps too; and above which it stays. */
const [fallen, farFallen, staying] = [0.8, 0.6, 0.95];

/** Steps that still grow by more than this from one quarter to the next are a warm-up; a rate that rises in a straight line makes 7/5. */
const growing = 1.2;

/** A loss that growing all weights would lower by more than itself is that of a network that tells its examples apart already. */
const learnt = 1;

/** A loss that hardly depends on the parameters has come to its floor. */
const flat = 0.03;

/**
 * Says whether the steps are too small: after so many updates the gradient is still the one that training began with, though it is no noise, and
 * the loss is where it was.
 *
 * Training uses up the gradient that it begins with, at whatever rate suits it, within some tens of steps. The gradients are projected on the sum of
 * the first ones, and the later projections compared with the earlier: one side of a t-test. Where nothing is left to learn, gradients do not agree.
 */
export class Stall {
  readonly #alpha: number;
  readonly #moves: Move[] = [];
  readonly #milestones = new Milestones();

  /** @param whole the chance of a false alarm over the whole run, of everything */
  constructor(whole?: number) {
    this.#alpha = alphaOf("steps", whole);
  }

  /** Whether there is anything more to be seen. */
  get isOver(): boolean {
    return this.#milestones.isOver;
  }

  /** Takes what a sweep showed. @param updates how often the parameters have changed so far */
  next(move: Move, updates: number): Stalled | null {
    if (this.isOver) return null;
    if (!Number.isNaN(move.along)) this.#moves.push(move);
    if (!this.#milestones.pass(updates)) return null;
    return this.#look(spentAt(this.#alpha, this.#milestones.passed));
  }

  #look(alpha: number): Stalled | null {
    const moves = this.#moves;
    const sweeps = moves[moves.length - 1].sweep;
    const upTo = (to: number, of = moves): Move[] => of.filter(({ sweep }) => sweep <= to * sweeps);
    const behind = (from: number): Move[] => moves.filter(({ sweep }) => sweep > from * sweeps);
    const [early, late] = [upTo(0.3), behind(0.5)];
    if (early.length < 8 || late.length < 8) return null;
    const loss = ratioOf(late, early, "loss");
    const growth = meanMoved(behind(0.75)) / meanMoved(upTo(0.75, late));
    const [total, growthGain, reach] = (["loss", "byGrowth", "reach"] as const).map((key) =>
      meanIn(moves, key),
    );
    const step = meanMoved(moves);
    const isShort = step < shortStep;
    if (!(step < longStep)) return null;
    if (!(total > 0 && loss > (isShort ? farFallen : fallen) && growth < growing)) return null;
    if (growthGain > learnt * total || reach < flat * total) return null;
    const left = ratioOf(late, early, "along");
    const found = { sweeps, path: step * sweeps, left, loss, isShort: isShort && loss > staying };
    if (found.isShort) {
      const pValue = chanceOfAgreement(moves);
      return { ...found, pValue: pValue < alpha ? pValue : null };
    }
    const pValue = chanceOfLess(late, early, isShort ? 0 : surelyLeft);
    const unchanged = left > (isShort ? halfLeft : likelyLeft) && left < 1 / likelyLeft ** 2;
    return pValue < alpha && unchanged ? { ...found, pValue } : null;
  }
}

const meanIn = (moves: readonly Move[], key: keyof Move): number => meanOf(moves.map((move) => move[key]));

const ratioOf = (late: readonly Move[], early: readonly Move[], key: keyof Move): number =>
  meanIn(late, key) / meanIn(early, key);

const meanMoved = (moves: readonly Move[]): number =>
  meanOf(moves.flatMap(({ moved }) => (Number.isNaN(moved) ? [] : [moved])));

/**
 * How likely gradients that are noise are to agree as well, each with all before it: t of a martingale, whose variance its own squares tell.
 * Twice as many sweeps make twice as many standard errors of an agreement that is there. NaN of gradients that are zero.
 *
 * @see de la Peña, Lai, Shao 2009, "Self-Normalized Processes"
 */
function chanceOfAgreement(moves: readonly Move[]): number {
  const [sum, squares] = [1, 2].map((power) => moves.reduce((all, { agreed }) => all + agreed ** power, 0));
  const normalized = sum / Math.sqrt(squares);
  const freedom = moves.length - 1;
  const rest = Math.max(0, moves.length - normalized ** 2);
  return studentTTail(normalized * Math.sqrt(freedom / rest), freedom);
}

/** How likely the late projections are to lie so far above `share` of the early ones by chance; NaN where all are zero. @see Welch 1947 */
function chanceOfLess(late: readonly Move[], early: readonly Move[], share: number): number {
  const [a, b] = [late, early].map((moves) => moves.map(({ along }) => along));
  const error = Math.hypot(
    deviationOf(a) / Math.sqrt(a.length),
    (share * deviationOf(b)) / Math.sqrt(b.length),
  );
  const excess = meanOf(a) - share * meanOf(b);
  return studentTTail(excess / error, Math.min(a.length, b.length) - 1);
}
