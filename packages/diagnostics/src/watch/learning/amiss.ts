import { studentTTail } from "@isograd/autograd";
import { toldAmiss } from "../../detectors/tells-apart.ts";
import { alphaOf, spentAt } from "../../error-rate.ts";
import { chainOf } from "../../flow/chain.ts";
import { deviationOf, meanOf } from "../../statistics.ts";
import { gainless } from "../steps/leap.ts";
import { Milestones } from "../steps/milestones.ts";
import type { Pass } from "./pass.ts";

/** What comes out is worse than none. */
export interface Wrong {
  readonly updates: number;
  /** Of the weights. */
  readonly gain: number;
  /** The part of the loss that telling examples apart costs, for each share of it. */
  readonly share: number;
  readonly pValue: number;
}

/** The part of the loss that it costs at least. */
const costly = 1 / 4;

/** So many passes are asked, one in so many sweeps: an output that swings is wrong at some of them. */
const [asked, every] = [8, 4];

/**
 * Says whether weights that are too large still drown what is learnt: after so many updates the network tells its examples apart to no good, and the
 * loss would be lower by a good part if it said less of them.
 *
 * So does every network that has learnt nothing yet. Where weights are of a good size, the scale of the output is learnt within some tens of
 * updates, be the task what it may, or the loss goes all the same.
 */
export class Amiss {
  readonly #alpha: number;
  readonly #milestones = new Milestones();
  #shares: number[] = [];
  /** The sweep at which it is to be asked again; null: at none. */
  #again: number | null = null;

  /** @param whole the chance of a false alarm over the whole run, of everything */
  constructor(whole?: number) {
    this.#alpha = alphaOf("learning", whole);
  }

  /** Whether the layers must be looked at. */
  isDue(sweep: number, updates: number): boolean {
    return this.#again === null ? this.#milestones.isDue(updates) : sweep >= this.#again;
  }

  next({ sweep, contractions, loss, updates, gain }: Pass): Wrong | null {
    if (!this.isDue(sweep, updates)) return null;
    this.#milestones.pass(updates);
    const last = chainOf(contractions).at(-1);
    const share = last === undefined || !(loss > 0) ? Number.NaN : toldAmiss(last, loss);
    this.#again = gain > gainless && share > costly ? sweep + every : null;
    if (this.#again === null) {
      this.#shares = [];
      return null;
    }
    this.#shares.push(share);
    if (this.#shares.length < asked) return null;
    const shares = this.#shares;
    this.#shares = [];
    this.#again = null;
    const error = deviationOf(shares) / Math.sqrt(asked);
    const pValue = studentTTail(meanOf(shares) / error, asked - 1);
    return pValue < spentAt(this.#alpha, this.#milestones.passed)
      ? { updates, gain, share: meanOf(shares), pValue }
      : null;
  }
}
