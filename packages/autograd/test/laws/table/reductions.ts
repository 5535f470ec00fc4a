import * as autograd from "../../../src/index.ts";
import { f64, given, type OpEntry, of, samplesOf } from "../samples.ts";

const { numbers, shaped } = samplesOf("reductions");

/** What puts elements in order gives NaN the last place, which moves others; what leaves NaN out does so on purpose. */
const ranksNaN = { nan: "NaN has a place in the order: others move, and stay numbers" };
const leavesNaNOut = { nan: "elements that are NaN are left out" };

const sumsAndProducts: Readonly<Record<string, OpEntry>> = {
  sum: {
    samples: [
      ...shaped((x) => autograd.sum(x), [[]], [[4]], [[2, 3]], [[0]]),
      ...shaped((x) => autograd.sum(x, { axis: [0, -1], keepDims: true }), [[2, 3, 2]]),
    ],
  },
  sumTo: { samples: shaped((x) => autograd.sumTo(x, [1, 3]), [[2, 3]], [[2, 2, 3]], [[1, 3]]) },
  mean: {
    samples: [
      ...shaped((x) => autograd.mean(x), [[]], [[4]], [[2, 3]]),
      ...shaped((x) => autograd.mean(x, { axis: 1 }), [[2, 3, 2]]),
    ],
  },
  nansum: {
    samples: [...shaped((x) => autograd.nansum(x, { axis: 0 }), [[2, 3]])],
    exempt: leavesNaNOut,
  },
  nanmean: {
    samples: shaped((x) => autograd.nanmean(x, { axis: -1, keepDims: true }), [[4]], [[2, 3]]),
    exempt: leavesNaNOut,
  },
  prod: {
    samples: [
      ...shaped((x) => autograd.prod(x), [[]], [[5]], [[2, 3]], [[0]]),
      ...shaped((x) => autograd.prod(x, { axis: [0, 1], keepDims: true }), [[2, 3, 2]]),
      given("a zero", (x) => autograd.prod(x), f64([0, 2, 3])),
      given("two zeros", (x) => autograd.prod(x), f64([0, 2, 0])),
    ],
    loses: 4,
  },
  logsumexp: {
    samples: [
      ...shaped((x) => autograd.logsumexp(x), [[]], [[4]], [[2, 3]]),
      ...shaped((x) => autograd.logsumexp(x, { axis: -1, keepDims: true }), [[2, 3]]),
    ],
  },
  trace: { samples: shaped(autograd.trace, [[2, 3]], [[1, 1]]), drops: true },
  softmin: {
    samples: [
      ...shaped((x) => autograd.softmin(x), [[]], [[2, 3]]),
      ...shaped((x) => autograd.softmin(x, 0), [[3, 2]]),
    ],
    loses: 4,
  },
  bincount: {
    samples: [
      given(
        "weights",
        (weights) => autograd.bincount(of([1, 3, 1], "i32"), { weights, minLength: 5 }),
        numbers([3]),
      ),
    ],
  },
  vecdot: { samples: shaped((a, b) => autograd.vecdot(a, b), [[3], [3]], [[2, 3], [3]]) },
};

const moments: Readonly<Record<string, OpEntry>> = {
  variance: {
    samples: [
      ...shaped((x) => autograd.variance(x), [[4]], [[2, 3]]),
      ...shaped((x) => autograd.variance(x, { axis: 0, correction: 0, keepDims: true }), [[3, 2]], [[1, 2]]),
    ],
    loses: 8,
  },
  std: {
    samples: [
      ...shaped((x) => autograd.std(x), [[4]]),
      ...shaped((x) => autograd.std(x, { axis: 0, correction: 0, keepDims: true }), [[3, 2]]),
    ],
    loses: 8,
  },
  varMean: {
    samples: shaped((x) => Object.values(autograd.varMean(x, { axis: 1 })), [[2, 3]]),
    loses: 8,
  },
  stdMean: {
    samples: shaped((x) => Object.values(autograd.stdMean(x, { axis: 1 })), [[2, 3]]),
    loses: 8,
  },
  cov: {
    samples: [
      ...shaped((x) => autograd.cov(x), [[4]], [[2, 3]]),
      given(
        "weighted",
        (x, aweights) => autograd.cov(x, { fweights: of([1, 3, 2], "i32"), aweights }),
        numbers([2, 3]),
        numbers([3], 0.3, 2),
      ),
    ],
    loses: 16,
  },
  // A variable's correlation with itself is 1, which no difference confirms to the last bit.
  corrcoef: {
    samples: shaped(
      (x) => autograd.slice(autograd.select(autograd.corrcoef(x), 0, 0), 0, { start: 1 }),
      [[2, 4]],
      [[3, 4]],
    ),
    loses: 64,
  },
};

const picks: Readonly<Record<string, OpEntry>> = {
  max: {
    samples: [
      ...shaped((x) => autograd.max(x), [[]], [[4]], [[2, 3]]),
      ...shaped((x) => autograd.max(x, { axis: 1 }), [[2, 3]]),
      given("ties", (x) => autograd.max(x), f64([2, 1, 2])),
    ],
    drops: true,
  },
  min: {
    samples: [
      ...shaped((x) => autograd.min(x), [[]], [[4]], [[2, 3]]),
      ...shaped((x) => autograd.min(x, { axis: [0, 2], keepDims: true }), [[2, 3, 2]]),
    ],
    drops: true,
  },
  aminmax: {
    samples: shaped((x) => Object.values(autograd.aminmax(x, { axis: 0 })), [[3, 2]]),
    drops: true,
  },
  maxAlong: {
    samples: [
      ...shaped((x) => autograd.maxAlong(x).values, [[]], [[4]]),
      ...shaped((x) => autograd.maxAlong(x, 0, { keepDims: true }).values, [[3, 2]]),
    ],
    drops: true,
  },
  minAlong: { samples: shaped((x) => autograd.minAlong(x, 1).values, [[2, 3]]), drops: true },
  median: { samples: shaped((x) => autograd.median(x), [[]], [[5]], [[2, 2]]), drops: true },
  nanmedian: { samples: shaped((x) => autograd.nanmedian(x), [[2, 3]]), drops: true, exempt: ranksNaN },
  medianAlong: {
    samples: [
      ...shaped((x) => autograd.medianAlong(x).values, [[4]]),
      ...shaped((x) => autograd.medianAlong(x, 0, { keepDims: true }).values, [[3, 2]]),
    ],
    drops: true,
  },
  nanmedianAlong: {
    samples: [...shaped((x) => autograd.nanmedianAlong(x, 0).values, [[3, 2]])],
    drops: true,
    exempt: ranksNaN,
  },
  sort: {
    samples: [
      ...shaped((x) => autograd.sort(x).values, [[]], [[5]]),
      ...shaped((x) => autograd.sort(x, 0, { descending: true }).values, [[3, 2]]),
    ],
    exempt: ranksNaN,
  },
  msort: { samples: shaped((x) => autograd.msort(x), [[3, 2]]), exempt: ranksNaN },
  topk: {
    samples: [
      ...shaped((x) => autograd.topk(x, 2).values, [[2, 4]]),
      ...shaped((x) => autograd.topk(x, 1, 0, { largest: false }).values, [[3, 2]]),
    ],
    drops: true,
    exempt: ranksNaN,
  },
  kthvalue: {
    samples: shaped((x) => autograd.kthvalue(x, 2, 1, { keepDims: true }).values, [[2, 3]]),
    drops: true,
    exempt: ranksNaN,
  },
  mode: {
    samples: [
      given(
        "a tie",
        (x) => autograd.mode(x).values,
        f64([
          [2.2, 1.3, 1.3],
          [4.4, 3.1, 5.2],
        ]),
      ),
    ],
    drops: true,
    exempt: ranksNaN,
  },
  quantile: {
    samples: [
      ...shaped((x) => autograd.quantile(x, 0.3), [[]], [[4]], [[2, 2]]),
      given(
        "several parts, along an axis",
        (x, q) => autograd.quantile(x, q, { axis: 0, keepDims: true }),
        numbers([4, 2]),
        f64([0.2, 0.55]),
      ),
      ...shaped((x) => autograd.quantile(x, 0.6, { axis: 1, interpolation: "midpoint" }), [[2, 4]]),
      ...shaped((x) => autograd.quantile(x, 0.6, { interpolation: "nearest" }), [[4]]),
    ],
    drops: true,
    loses: 2,
  },
  nanquantile: {
    samples: [...shaped((x) => autograd.nanquantile(x, 0.3, { axis: 0 }), [[4, 2]])],
    drops: true,
    exempt: ranksNaN,
    loses: 8,
  },
};

const scans: Readonly<Record<string, OpEntry>> = {
  cumsum: {
    samples: [
      ...shaped((x) => autograd.cumsum(x), [[]], [[4]], [[0]]),
      ...shaped((x) => autograd.cumsum(x, 0), [[3, 2]]),
    ],
  },
  cumprod: {
    samples: [
      ...shaped((x) => autograd.cumprod(x), [[]], [[4]], [[2, 0]]),
      ...shaped((x) => autograd.cumprod(x, 1), [[2, 3, 2]]),
      given("two zeros", (x) => autograd.cumprod(x), f64([3, 0, 2, 0, 1.5])),
    ],
    loses: 4,
  },
  cummax: {
    samples: [
      ...shaped((x) => autograd.cummax(x).values, [[]], [[5]]),
      ...shaped((x) => autograd.cummax(x, 0).values, [[3, 2]]),
    ],
    drops: true,
  },
  cummin: { samples: shaped((x) => autograd.cummin(x, 1).values, [[2, 4]]), drops: true },
  logcumsumexp: {
    samples: [
      ...shaped((x) => autograd.logcumsumexp(x), [[]], [[4]]),
      ...shaped((x) => autograd.logcumsumexp(x, 0), [[3, 2]]),
    ],
    loses: 4,
  },
};

const norms: Readonly<Record<string, OpEntry>> = {
  norm: {
    samples: [
      ...shaped((x) => autograd.norm(x), [[]], [[4]], [[2, 3]]),
      ...shaped((x) => autograd.norm(x, { axis: 0 }), [[2, 3]]),
    ],
    loses: 2,
  },
  vectorNorm: {
    samples: [
      ...[-Infinity, -2, -0.5, 0, 0.5, 1, 1.5, 3, 4, Infinity].map((ord) =>
        given(`ord ${ord}`, (x) => autograd.vectorNorm(x, { ord, axis: 1 }), numbers([2, 3])),
      ),
    ],
    drops: true,
    loses: 8,
  },
  renorm: { samples: shaped((x) => autograd.renorm(x, 3, 1, 0.7), [[2, 3]]), loses: 4 },
  dist: { samples: shaped((a, b) => autograd.dist(a, b, 3), [[2, 3], [3]]), loses: 4 },
  pairwiseDistance: {
    samples: [
      ...shaped(
        (a, b) => autograd.pairwiseDistance(a, b),
        [
          [2, 3],
          [2, 3],
        ],
      ),
      ...shaped((a, b) => autograd.pairwiseDistance(a, b, { p: 1, keepDims: true }), [[3], [2, 3]]),
    ],
    loses: 4,
  },
  cdist: {
    samples: [
      ...shaped(
        (a, b) => autograd.cdist(a, b),
        [
          [2, 3],
          [4, 3],
        ],
      ),
      ...shaped(
        (a, b) => autograd.cdist(a, b, 1.5),
        [
          [1, 2, 2],
          [2, 1, 2],
        ],
      ),
    ],
    loses: 4,
  },
  pdist: { samples: shaped((x) => autograd.pdist(x, 3), [[3, 2]], [[1, 2]]), loses: 4 },
  cosineSimilarity: {
    samples: shaped(
      (a, b) => autograd.cosineSimilarity(a, b),
      [
        [2, 3],
        [2, 3],
      ],
      [
        [1, 3],
        [2, 3],
      ],
    ),
    loses: 4,
  },
};

const differences: Readonly<Record<string, OpEntry>> = {
  diff: {
    samples: [
      ...shaped((x) => autograd.diff(x), [[4]], [[2, 1]]),
      ...shaped(
        (x, first) => autograd.diff(x, { n: 2, axis: 0, prepend: first }),
        [
          [3, 2],
          [1, 2],
        ],
      ),
    ],
    loses: 2,
  },
  gradient: {
    samples: [
      ...shaped((x) => autograd.gradient(x), [[4]], [[2, 3]]),
      given(
        "uneven",
        (x, places) => autograd.gradient(x, { axis: 1, spacing: [places], edgeOrder: 2 }),
        numbers([2, 4]),
        f64([0, 0.7, 1.1, 2.4]),
      ),
    ],
    loses: 16,
  },
  trapezoid: {
    samples: [
      ...shaped((y) => autograd.trapezoid(y, { dx: 0.5, axis: 0 }), [[3, 2]]),
      ...shaped((y, x) => autograd.trapezoid(y, { x }), [[2, 3], [3]]),
    ],
    loses: 2,
  },
  cumulativeTrapezoid: {
    samples: shaped(
      (y, x) => autograd.cumulativeTrapezoid(y, { x }),
      [
        [2, 3],
        [2, 3],
      ],
    ),
    loses: 2,
  },
};

export const reductionsTable: Readonly<Record<string, OpEntry>> = {
  ...sumsAndProducts,
  ...moments,
  ...picks,
  ...scans,
  ...norms,
  ...differences,
};
