import * as autograd from "../../../src/index.ts";
import { f64, given, type OpEntry, shaped } from "../samples.ts";

export const reductionsTable: Readonly<Record<string, OpEntry>> = {
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
  variance: {
    samples: [
      ...shaped((x) => autograd.variance(x), [[4]], [[2, 3]]),
      ...shaped((x) => autograd.variance(x, { axis: 0, correction: 0, keepDims: true }), [[3, 2]], [[1, 2]]),
    ],
    loses: 8,
  },
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
  prod: {
    samples: [
      ...shaped((x) => autograd.prod(x), [[]], [[5]], [[2, 3]], [[0]]),
      ...shaped((x) => autograd.prod(x, { axis: 1, keepDims: true }), [[2, 3]]),
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
  norm: {
    samples: [
      ...shaped((x) => autograd.norm(x), [[]], [[4]], [[2, 3]]),
      ...shaped((x) => autograd.norm(x, { axis: 0 }), [[2, 3]]),
      given("zero", (x) => autograd.norm(x), f64([0, 0])),
    ],
    loses: 2,
  },
};
