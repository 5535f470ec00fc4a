import * as autograd from "../../src/index.ts";
import { binary, everyOther, f64, given, numbers, type OpEntry, of, shaped, unary } from "./samples.ts";

const { activations } = autograd;
const positive: [number, number] = [0.3, 3];

const scalarActivations = Object.fromEntries(
  Object.entries(activations).map(([name, activation]): [string, OpEntry] => {
    const call = activation as (...inputs: autograd.Tensor[]) => autograd.Tensor;
    return [
      name,
      {
        samples:
          Object.keys(activation.parameters).length === 0
            ? unary(call, -4, 4)
            : binary(call, [-3, 3], [0.2, 1.5]),
        drops: name === "prelu",
      },
    ];
  }),
);

/** Every operation that can be differentiated, under its exported name. */
export const opsTable: Readonly<Record<string, OpEntry>> = {
  ...scalarActivations,
  // of each element
  neg: { samples: unary(autograd.neg) },
  square: { samples: unary(autograd.square) },
  reciprocal: { samples: unary(autograd.reciprocal, ...positive) },
  abs: { samples: unary(autograd.abs) },
  sign: { samples: unary(autograd.sign) },
  floor: { samples: unary(autograd.floor) },
  ceil: { samples: unary(autograd.ceil) },
  round: { samples: unary(autograd.round) },
  erf: { samples: unary(autograd.erf) },
  erfc: { samples: unary(autograd.erfc), loses: 4 },
  normalCdf: { samples: unary(autograd.normalCdf), loses: 4 },
  sech: { samples: unary(autograd.sech) },
  exp: { samples: unary(autograd.exp), loses: 4 },
  expm1: { samples: unary(autograd.expm1), loses: 4 },
  log: { samples: unary(autograd.log, ...positive) },
  log1p: { samples: unary(autograd.log1p, -0.7, 3), loses: 4 },
  log2: { samples: unary(autograd.log2, ...positive) },
  log10: { samples: unary(autograd.log10, ...positive) },
  sqrt: { samples: unary(autograd.sqrt, ...positive) },
  rsqrt: { samples: unary(autograd.rsqrt, ...positive) },
  sin: { samples: unary(autograd.sin) },
  cos: { samples: unary(autograd.cos) },
  tan: { samples: unary(autograd.tan, -1.2, 1.2), loses: 8 },
  asin: { samples: unary(autograd.asin, -0.9, 0.9), loses: 8 },
  acos: { samples: unary(autograd.acos, -0.9, 0.9), loses: 8 },
  atan: { samples: unary(autograd.atan) },
  sinh: { samples: unary(autograd.sinh), loses: 4 },
  cosh: { samples: unary(autograd.cosh), loses: 4 },
  // of two elements
  add: { samples: binary(autograd.add) },
  sub: { samples: binary(autograd.sub) },
  mul: { samples: binary(autograd.mul) },
  div: { samples: binary(autograd.div, [-2, 2], positive) },
  pow: {
    samples: [
      ...binary(autograd.pow, positive, [-2, 3]),
      given("negative bases", (x) => autograd.pow(x, of([2, 3, -2], "f32")), f64([-1.5, 0, -2])),
    ],
    loses: 8,
  },
  maximum: { samples: binary(autograd.maximum), drops: true },
  minimum: { samples: binary(autograd.minimum), drops: true },
  // that choose
  where: {
    samples: [
      ...binary((a, b) =>
        autograd.where(everyOther(autograd.broadcastShapes("where", [a.shape, b.shape])), a, b),
      ),
      given(
        "broadcast condition",
        (a, b) => autograd.where(everyOther([2, 1]), a, b),
        numbers([3]),
        numbers([2, 1]),
      ),
    ],
    drops: true,
  },
  clamp: {
    samples: [
      ...unary((x) => autograd.clamp(x, -0.9, 1.1)),
      given("tensors", autograd.clamp, numbers([2, 3]), numbers([3], -1, -0.5), numbers([2, 1], 0.2, 1)),
    ],
    drops: true,
  },
  // that move
  cast: { samples: unary((x) => autograd.cast(autograd.cast(x, "f64"), x.dtype)) },
  alias: { samples: unary(autograd.alias) },
  contiguous: { samples: unary(autograd.contiguous) },
  reshape: {
    samples: shaped((x) => autograd.reshape(x, [x.size === 0 ? 0 : -1, 1]), [[]], [[6]], [[2, 3]], [[0, 3]]),
  },
  flatten: {
    samples: [
      ...shaped((x) => autograd.flatten(x), [[]], [[2, 3]], [[2, 0]]),
      ...shaped((x) => autograd.flatten(x, 1, 2), [[2, 3, 2, 2]]),
    ],
  },
  squeeze: {
    samples: [
      ...shaped((x) => autograd.squeeze(x), [[1, 3, 1]], [[1]]),
      ...shaped((x) => autograd.squeeze(x, -2), [[2, 1, 3]]),
    ],
  },
  unsqueeze: {
    samples: [
      ...shaped((x) => autograd.unsqueeze(x, 0), [[]], [[3]]),
      ...shaped((x) => autograd.unsqueeze(x, -1), [[2, 3]]),
    ],
  },
  permute: { samples: shaped((x) => autograd.permute(x, [2, 0, 1]), [[2, 3, 4]], [[1, 2, 0]]) },
  transpose: {
    samples: [
      ...shaped((x) => autograd.transpose(x), [[2, 3]], [[2, 1, 3]]),
      ...shaped((x) => autograd.transpose(x, 0, 2), [[2, 3, 4]]),
    ],
  },
  expand: {
    samples: [
      ...shaped((x) => autograd.expand(x, [2, 3]), [[]], [[3]], [[2, 1]], [[2, 3]]),
      ...shaped((x) => autograd.expand(x, [0, 3]), [[1, 3]]),
    ],
    drops: true,
  },
  slice: {
    samples: [
      ...shaped((x) => autograd.slice(x, 1, { start: 1, end: -1, step: 2 }), [[2, 6]], [[1, 2]]),
      ...shaped((x) => autograd.slice(x, 0, { step: -2 }), [[5, 2]], [[0]]),
    ],
    drops: true,
  },
  select: { samples: shaped((x) => autograd.select(x, -1, -2), [[2, 3]], [[2]]), drops: true },
  flip: { samples: shaped((x) => autograd.flip(x, [0, -1]), [[2, 3]], [[2, 1, 2]]) },
  pad: {
    samples: shaped(
      (x) =>
        autograd.pad(
          x,
          x.shape.map((_, k) => [k, 2]),
          1.5,
        ),
      [[2, 3]],
      [[0, 2]],
      [[]],
    ),
  },
  split: { samples: shaped((x) => autograd.split(x, 2, 0), [[4, 3]], [[2]]) },
  concat: {
    samples: [
      ...shaped(
        (a, b) => autograd.concat([a, b, a], 1),
        [
          [2, 3],
          [2, 1],
        ],
        [
          [2, 0],
          [2, 2],
        ],
      ),
    ],
  },
  stack: {
    samples: shaped(
      (a, b) => autograd.stack([a, b], -1),
      [
        [2, 3],
        [2, 3],
      ],
      [[], []],
    ),
  },
  gather: {
    samples: [
      given(
        "rows that repeat",
        (x) =>
          autograd.gather(
            x,
            0,
            of(
              [
                [0, 1, 1],
                [2, 0, 1],
              ],
              "i32",
            ),
          ),
        numbers([3, 3]),
      ),
      given("fewer columns", (x) => autograd.gather(x, 1, of([[3, 3, 0, 1, 0]], "i32")), numbers([2, 4])),
      given("nothing", (x) => autograd.gather(x, 0, of(new Int32Array(0), "i32")), numbers([2])),
    ],
    drops: true,
  },
  indexSelect: {
    samples: [
      given("rows", (x) => autograd.indexSelect(x, 0, of([2, 0, 2, 1], "i32")), numbers([3, 2])),
      given("columns of a block", (x) => autograd.indexSelect(x, -1, of([0, 0], "i32")), numbers([2, 2, 3])),
    ],
    drops: true,
  },
  windows: {
    samples: [
      ...shaped((x) => autograd.windows(x, [0], [3]), [[5]]),
      ...shaped(
        (x) => autograd.windows(x, [1, 2], [2, 2], { stride: [2, 1], dilation: [1, 2] }),
        [[2, 4, 4]],
      ),
    ],
    drops: true,
  },
  // that reduce
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
  softmax: {
    samples: [
      ...shaped((x) => autograd.softmax(x), [[4]], [[2, 3]], [[2, 1]]),
      ...shaped((x) => autograd.softmax(x, 0), [[3, 2]]),
    ],
    loses: 4,
  },
  logSoftmax: {
    samples: [
      ...shaped((x) => autograd.logSoftmax(x), [[4]], [[2, 3]]),
      ...shaped((x) => autograd.logSoftmax(x, 0), [[3, 2]]),
    ],
    loses: 4,
  },
  glu: {
    samples: [
      ...shaped((x) => autograd.glu(x), [[4]], [[2, 6]]),
      ...shaped((x) => autograd.glu(x, 0), [[2, 3]]),
    ],
  },
  geglu: { samples: shaped((x) => autograd.geglu(x), [[4]], [[2, 2]]) },
  swiglu: { samples: shaped((x) => autograd.swiglu(x), [[4]], [[2, 2]]) },
  // that contract
  matmul: {
    samples: [
      ...shaped(
        (a, b) => autograd.matmul(a, b),
        [
          [2, 3],
          [3, 4],
        ],
        [[3], [3]],
        [[3], [3, 2]],
        [[2, 3], [3]],
        [
          [1, 1],
          [1, 1],
        ],
        [
          [2, 0],
          [0, 3],
        ],
        [
          [0, 2],
          [2, 3],
        ],
      ),
      ...shaped(
        (a, b) => autograd.matmul(a, b),
        [
          [2, 2, 3],
          [3, 2],
        ],
        [
          [2, 1, 2, 2],
          [3, 2, 1],
        ],
        [
          [2, 3],
          [2, 3, 2],
        ],
        [[3], [2, 3, 2]],
        [[2, 2, 3], [3]],
      ),
      ...shaped(
        (a, b) => autograd.matmul(autograd.transpose(a), autograd.transpose(b)),
        [
          [3, 2],
          [4, 3],
        ],
      ),
    ],
    loses: 2,
  },
  conv2d: {
    samples: [
      ...shaped(
        (x, w, b) => autograd.conv2d(x, w, b),
        [[1, 1, 3, 3], [1, 1, 2, 2], [1]],
        [[2, 2, 3, 4], [3, 2, 2, 2], [3]],
      ),
      ...shaped(
        (x, w) => autograd.conv2d(x, w, null, { stride: [2, 1], padding: [1, 0], dilation: [1, 2] }),
        [
          [1, 2, 3, 5],
          [2, 2, 2, 2],
        ],
      ),
      ...shaped(
        (x, w, b) => autograd.conv2d(x, w, b, { groups: 2, padding: 1, stride: 2 }),
        [[1, 4, 3, 3], [4, 2, 2, 3], [4]],
      ),
    ],
    loses: 4,
  },
  avgPool2d: {
    samples: [
      ...shaped((x) => autograd.avgPool2d(x, 2), [[1, 2, 4, 4]]),
      ...shaped((x) => autograd.avgPool2d(x, [2, 3], { stride: 1, padding: 1 }), [[1, 1, 3, 4]]),
    ],
    drops: true,
  },
  maxPool2d: {
    samples: [
      ...shaped((x) => autograd.maxPool2d(x, 2), [[1, 2, 4, 4]]),
      ...shaped(
        (x) => autograd.maxPool2d(x, [2, 3], { stride: 1, padding: 1, dilation: [2, 1] }),
        [[1, 1, 3, 4]],
      ),
    ],
    drops: true,
  },
};

/** What the folders of operations and activations export besides: answers that are not real numbers, constants, and ways to define more. */
export const notInTable: readonly string[] = [
  "activationByName",
  "activationNames",
  "argmax",
  "argmin",
  "defineActivation",
  "defineGate",
  "eq",
  "ge",
  "gt",
  "le",
  "logicalNot",
  "lt",
  "ne",
  "oneHot",
  "registerActivation",
  "stopGradient",
];
