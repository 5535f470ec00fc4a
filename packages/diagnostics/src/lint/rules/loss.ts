import type { Finding } from "../../finding.ts";
import { short } from "../../words.ts";
import type { LossProbe } from "../probe.ts";
import { type Head, mismatch } from "./output.ts";

/** What share of what can be learnt has to be out of reach to be reported, and to be grave. */
const [notable, grave] = [0.02, 0.1];

/**
 * Whether output and loss fit, by what the loss does where the output cannot go, and where it can: no names of functions are asked for.
 *
 * The first that applies: a loss that says nothing, one that goes on falling beyond the range of the output, one that is not defined on part of
 * it, one that falls when all classes rise together.
 */
export function lintLoss(head: Head, probe: LossProbe): Finding[] {
  for (const rule of [silentLoss, boundedOutput, missingSquashing, unnormalized, twiceNormalized]) {
    const finding = rule(head, probe);
    if (finding !== null) return [finding];
  }
  return [];
}

function silentLoss(head: Head, probe: LossProbe): Finding | null {
  const gradient = probe.gradientAt(head.output);
  if (gradient?.some((each) => each !== 0)) return null;
  return mismatch(head, "silentLoss", "alarm", {
    statistic: "largest slope of the loss to the output",
    value: 0,
    consequence: "the loss does not depend on the output: nothing can be learnt",
    explanation:
      head.output.rank > 1 && head.output.shape[1] === 1
        ? "the loss applies softmax to a single unit, which is always 1: take a binary loss, or two units"
        : "the loss has no slope there",
    disproof: "a target for which the loss has a gradient to the output",
  });
}

/** Softmax or a sigmoid before a loss that applies its own, tanh before logits, and the like. */
function boundedOutput(head: Head, probe: LossProbe): Finding | null {
  const { output, range, name, simplex } = head;
  const [low, high] = range;
  const gradient = probe.gradientAt(output);
  if (gradient === null || !(high - low < Number.POSITIVE_INFINITY)) return null;
  const values = output.values();
  const corner = values.map((value, k) => (gradient[k] < 0 ? high : gradient[k] > 0 ? low : value));
  const middle = (low + high) / 2;
  const [now, best, beyond] = [values, corner, corner.map((value) => middle + 20 * (value - middle))].map(
    probe.at,
  );
  const share = (best - beyond) / (now - beyond);
  if (!(now > beyond && share > notable)) return null;
  const own = probe.labels ? "has a softmax of its own, or takes logarithms" : "has a sigmoid of its own";
  return mismatch(head, "squashedTwice", share > grave ? "alarm" : "warning", {
    statistic: `share of the loss that no output of ${name} can take away`,
    value: share,
    consequence: `the loss falls on beyond the range [${short(low)}, ${short(high)}] of the output: it can come down from ${short(now)} to ${short(best)} at best, where ${short(beyond)} is meant, and its slopes are small`,
    explanation: `the output comes out of ${name}, and the loss ${own}${simplex === null && probe.labels ? "; classes that exclude each other need softmax, not a range for each" : ""}: give it what comes in front of ${name}, or take a loss of probabilities`,
    disproof: `an output of ${name} with a loss near ${short(beyond)}`,
  });
}

/**
 * Raw numbers where the loss takes probabilities, rates or the like.
 *
 * Certain where weights make any output in the range, and the loss is finite at some of them and not at others.
 */
function missingSquashing(head: Head, probe: LossProbe): Finding | null {
  if (!head.free) return null;
  const { output, range, name } = head;
  const values = Float64Array.from(output.values());
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY),
  ];
  const sides = [
    { far: Math.max(-8, 0.9 * range[0]), reached: least < 0 },
    {
      far: 8,
      reached: range[1] === Number.POSITIVE_INFINITY && (most > 1 || least < 0 || range[0] >= 0),
    },
  ];
  const lossAt = (each: number): number => probe.at(values.map(() => each));
  const bad = sides.find(({ far, reached }) => reached && !Number.isFinite(lossAt(far)));
  if (bad === undefined || !usual.some((each) => Number.isFinite(lossAt(each)))) return null;
  const [value, far] = [lossAt(bad.far), short(bad.far)];
  return mismatch(head, "missingSquashing", "alarm", {
    statistic: `loss at an output of ${far}`,
    value,
    consequence: `the loss is ${value} at outputs that ${name} gives: training ends in numbers that are not finite`,
    explanation: `the loss is defined on part of the numbers only, such as probabilities, and nothing brings the output of ${name} there: put a sigmoid, softmax or exponential in front, or take the loss of the same name for logits`,
    disproof: `a finite loss at an output of ${far}`,
  });
}

/** Outputs among which a loss that takes numbers of one kind is finite at some. */
const usual = [0.5, 1, 4, -0.5, -4] as const;

/** Scores that do not compete: the logarithm of softmax is missing. */
function unnormalized(head: Head, probe: LossProbe): Finding | null {
  if (!probe.labels || head.logarithms !== null || head.simplex !== null) return null;
  const values = head.output.values();
  const [now, more, most] = [0, 10, 20].map((shift) => probe.at(values.map((value) => value + shift)));
  const [first, second] = [now - more, more - most];
  if (!(first > 1e-3 * Math.abs(now) && Math.abs(first - second) < 0.01 * first)) return null;
  return mismatch(head, "unnormalizedScores", "alarm", {
    statistic: "fall of the loss when all scores of an example rise by 10",
    value: first,
    consequence:
      "the loss falls without end when all classes rise together: it is lowered without telling any from another",
    explanation: `the loss takes logarithms of probabilities, and the output of ${head.name} is none: apply logSoftmax, or take the cross entropy of logits`,
    disproof: "a shift of all scores that leaves the loss where it is",
  });
}

/** logSoftmax before a loss that applies it too changes nothing. */
function twiceNormalized(head: Head, probe: LossProbe): Finding | null {
  if (!probe.labels || head.logarithms !== 1) return null;
  const values = head.output.values();
  const [now, shifted] = [0, 10].map((shift) => probe.at(values.map((value) => value + shift)));
  if (!(Math.abs(now - shifted) < 1e-4 * Math.abs(now))) return null;
  return mismatch(head, "normalizedTwice", "info", {
    statistic: "change of the loss when all scores of an example rise by 10",
    value: now - shifted,
    consequence: "logSoftmax is applied twice: the second changes nothing but the time that it takes",
    explanation: "the loss normalises the scores itself",
    disproof: "another loss without the logSoftmax of the model",
  });
}
