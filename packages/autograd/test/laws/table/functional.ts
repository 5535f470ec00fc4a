import * as autograd from "../../../src/index.ts";
import { everyOther, f64, given, type OpEntry, samplesOf } from "../samples.ts";

const { numbers, shaped } = samplesOf("functional");

const { Generator } = autograd;
type Tensor = autograd.Tensor;

const dropping = (
  f: typeof autograd.dropout,
  shapes: readonly (readonly number[])[],
  probability = 0.4,
): OpEntry => ({
  samples: shapes.map((shape, seed) =>
    given(`[${shape}]`, (x) => f(x, { probability, generator: new Generator(seed) }), numbers(shape)),
  ),
});

const labels = (...values: number[]): Tensor => autograd.tensor(values, { dtype: "i32" });

/** Weights that keep the scores of attention small: exp makes of each unit that a score is off e times as much. */
const square = (features: number): Tensor => numbers([features, features], -0.7, 0.7);

export const functionalTable: Readonly<Record<string, OpEntry>> = {
  linear: {
    samples: [
      ...shaped(
        autograd.linear,
        [[2, 3], [4, 3], [4]],
        [[3], [2, 3]],
        [[2, 2, 3], [3]],
        [
          [2, 2, 3],
          [2, 3],
        ],
      ),
      ...shaped(
        (x, w) => autograd.linear(x, w, null),
        [
          [0, 3],
          [2, 3],
        ],
      ),
    ],
  },
  bilinear: {
    samples: shaped(
      autograd.bilinear,
      [[2], [3], [4, 2, 3], [4]],
      [
        [2, 2],
        [2, 3],
        [1, 2, 3],
      ],
    ),
  },
  standardize: {
    samples: shaped(
      (x) => {
        const { value, mean, variance, rstd } = autograd.standardize(x, { axis: [0, -1], eps: 0.1 });
        return [value, mean, variance, rstd];
      },
      [[2, 3]],
      [[2, 2, 2]],
    ),
    loses: 4,
  },
  layerNorm: {
    samples: [
      ...shaped((x, weight, bias) => autograd.layerNorm(x, [3], { weight, bias }), [[2, 3], [3], [3]]),
      ...shaped((x) => autograd.layerNorm(x, [2, 2], { eps: 0.3 }), [[2, 2]], [[2, 2, 2]]),
    ],
    loses: 16,
  },
  rmsNorm: {
    samples: [
      ...shaped((x, weight) => autograd.rmsNorm(x, [3], { weight, eps: 1e-5 }), [[2, 3], [3]]),
      ...shaped((x) => autograd.rmsNorm(x, [2, 2], { eps: 0.3 }), [[2, 2]]),
    ],
    loses: 8,
  },
  groupNorm: {
    samples: [
      ...shaped((x, weight, bias) => autograd.groupNorm(x, 2, { weight, bias }), [[2, 4, 2], [4], [4]]),
      ...shaped((x) => autograd.groupNorm(x, 1, { eps: 0.3 }), [[1, 3]]),
    ],
    loses: 16,
  },
  batchNorm: {
    samples: [
      ...shaped((x, weight, bias) => autograd.batchNorm(x, { weight, bias }).value, [[4, 2], [2], [2]]),
      ...shaped(
        (x, mean, spread) => {
          const running = { mean, variance: autograd.square(spread) };
          const { value, running: next } = autograd.batchNorm(x, { running, training: true, eps: 0.1 });
          return [value, ...Object.values(next as autograd.RunningStatistics)];
        },
        [[2, 2, 2], [2], [2]],
      ),
      ...shaped(
        (x, mean, spread) => {
          const running = { mean, variance: autograd.square(spread) };
          return autograd.batchNorm(x, { running, eps: 0.5 }).value;
        },
        [[2, 2, 2], [2], [2]],
      ),
    ],
    loses: 16,
  },
  instanceNorm: {
    samples: [
      ...shaped((x, weight, bias) => autograd.instanceNorm(x, { weight, bias }).value, [[2, 2, 3], [2], [2]]),
      ...shaped(
        (x, mean, spread) => {
          const running = { mean, variance: autograd.square(spread) };
          const { value, running: next } = autograd.instanceNorm(x, { running, eps: 0.1 });
          return [value, ...Object.values(next as autograd.RunningStatistics)];
        },
        [[2, 2, 2], [2], [2]],
      ),
    ],
    loses: 16,
  },
  softmaxCrossEntropy: {
    samples: [
      given("[3, 4]", (x) => autograd.softmaxCrossEntropy(x, labels(2, 0, 3)), numbers([3, 4])),
      given(
        "[2, 3, 2] along axis 1",
        (x) => autograd.softmaxCrossEntropy(x, autograd.reshape(labels(2, 0, 1, 1), [2, 2]), 1),
        numbers([2, 3, 2]),
      ),
    ],
    loses: 4,
  },
  normalize: {
    samples: [
      ...shaped((x) => autograd.normalize(x), [[2, 3]]),
      ...shaped((x) => autograd.normalize(x, { p: 3, axis: [0, 1] }), [[2, 2]]),
      ...shaped((x) => autograd.normalize(x, { p: 1, axis: 0, eps: 100 }), [[3]]),
    ],
    loses: 4,
  },
  dropout: dropping(autograd.dropout, [[], [3, 2], [0]]),
  featureDropout: dropping(autograd.featureDropout, [
    [2, 3],
    [2, 2, 2],
  ]),
  alphaDropout: dropping(autograd.alphaDropout, [[], [3, 2]]),
  featureAlphaDropout: dropping(autograd.featureAlphaDropout, [[2, 2, 2]]),
  scaledDotProductAttention: {
    samples: [
      ...shaped(
        (query, key, value) => {
          const { value: attended, weights } = autograd.scaledDotProductAttention(query, key, value);
          return [attended, weights];
        },
        [
          [2, 3],
          [4, 3],
          [4, 2],
        ],
        [
          [2, 1, 2],
          [2, 2, 2],
          [2, 2, 1],
        ],
      ),
      ...shaped(
        (query, key, value) =>
          autograd.scaledDotProductAttention(query, key, value, { causal: true, scale: 0.5 }).value,
        [
          [3, 2],
          [3, 2],
          [3, 1],
        ],
      ),
      given(
        "masked",
        (query, key, value) =>
          autograd.scaledDotProductAttention(query, key, value, { mask: everyOther([2, 3]) }).value,
        numbers([2, 2]),
        numbers([3, 2]),
        numbers([3, 2]),
      ),
      given(
        "added to",
        (query, key, value, mask) => autograd.scaledDotProductAttention(query, key, value, { mask }).value,
        numbers([2, 2]),
        numbers([3, 2]),
        numbers([3, 2]),
        f64([0.5, -1, 0.25]),
      ),
    ],
    drops: true,
    loses: 16,
  },
  multiHeadAttention: {
    samples: [
      given(
        "two heads",
        (x, query, key, value, output, bias) =>
          autograd.multiHeadAttention(x, x, x, 2, {
            query: { weight: query },
            key: { weight: key },
            value: { weight: value, bias },
            output: { weight: output },
          }).value,
        numbers([2, 4]),
        square(4),
        square(4),
        square(4),
        square(4),
        numbers([4]),
      ),
    ],
    loses: 8,
  },
};
