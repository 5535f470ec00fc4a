import type { Tensor } from "../../../src/index.ts";
import * as autograd from "../../../src/index.ts";
import { everyOther, f64, given, type OpEntry, of, type Sample, samplesOf } from "../samples.ts";

const { binary, numbers, unary } = samplesOf("elementwise");

type Interval = readonly [low: number, high: number];
const positive: [number, number] = [0.3, 3];

/** Two samples are enough where all the shapes of `unary` have been tried on ops of the same kind. */
const curve = (f: (x: Tensor) => Tensor | readonly Tensor[], ...[low, high]: Interval): Sample[] =>
  [[], [2, 3]].map((shape) => given(`[${shape}]`, f, numbers(shape, low, high)));

const surface = (
  f: (a: Tensor, b: Tensor) => Tensor,
  first: Interval = [-2, 2],
  second: Interval = first,
): Sample[] => [
  given("[3] and [3]", f, numbers([3], ...first), numbers([3], ...second)),
  given("[2, 1] and [3]", f, numbers([2, 1], ...first), numbers([3], ...second)),
];

const fourOperands = [f64([0.4, -1.3]), f64([1.2, 0.7]), f64([0.9, 1.6]), f64([-0.8, 2.1])] as const;

const ignoresNaN = { nan: "gives a number for NaN on purpose" };

export const elementwiseTable: Readonly<Record<string, OpEntry>> = {
  neg: { samples: unary(autograd.neg) },
  square: { samples: unary(autograd.square) },
  reciprocal: { samples: unary(autograd.reciprocal, ...positive) },
  abs: { samples: unary(autograd.abs) },
  sign: { samples: unary(autograd.sign) },
  floor: { samples: unary(autograd.floor) },
  ceil: { samples: unary(autograd.ceil) },
  round: {
    samples: [
      ...unary((x) => autograd.round(x)),
      given("decimals", (x) => autograd.round(x, 1), f64([1.23, -4.56, 7.89])),
    ],
  },
  erf: { samples: unary(autograd.erf) },
  erfc: { samples: unary(autograd.erfc), loses: 4 },
  ndtr: { samples: unary(autograd.ndtr), loses: 4 },
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
  add: { samples: binary(autograd.add) },
  sub: { samples: binary(autograd.sub) },
  mul: { samples: binary(autograd.mul) },
  div: { samples: binary(autograd.div, [-2, 2], positive), loses: 4 },
  pow: {
    samples: [
      ...binary(autograd.pow, positive, [-2, 3]),
      given("negative bases", (x) => autograd.pow(x, of([2, 3, -2], "f32")), f64([-1.5, 0, -2])),
    ],
    loses: 8,
  },
  maximum: { samples: binary(autograd.maximum), drops: true },
  minimum: { samples: binary(autograd.minimum), drops: true },
  where: {
    samples: [
      ...binary((a, b) => {
        const shape = autograd.broadcastShapes("where", [a.shape, b.shape]);
        return autograd.where(everyOther(shape.slice(-1)), a, b);
      }),
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
      given(
        "both sides",
        autograd.clamp,
        f64([-1.2, 0.3, 1.7]),
        f64([-0.5, -0.4, -0.6]),
        f64([1.1, 0.9, 1.3]),
      ),
    ],
    drops: true,
  },
  clampMin: {
    samples: [
      ...surface(autograd.clampMin, [-2, 2], [-0.4, 0.4]),
      given("both sides", autograd.clampMin, f64([-1.2, 0.3, 1.7]), f64([0.2, -0.4, 0.5])),
    ],
    drops: true,
  },
  clampMax: {
    samples: [
      ...surface(autograd.clampMax, [-2, 2], [-0.4, 0.4]),
      given("both sides", autograd.clampMax, f64([-1.2, 0.3, 1.7]), f64([0.2, -0.4, 0.5])),
    ],
    drops: true,
  },
  copysign: { samples: surface(autograd.copysign), drops: true },
  fmax: { samples: surface(autograd.fmax), drops: true, exempt: ignoresNaN },
  fmin: { samples: surface(autograd.fmin), drops: true, exempt: ignoresNaN },
  heaviside: {
    samples: [given("at 0 too", (b) => autograd.heaviside(of([-1, 0, 2], b.dtype), b), numbers([2, 3]))],
    drops: true,
  },
  maskedFill: {
    samples: [
      given("a number", (x) => autograd.maskedFill(x, everyOther([3]), 7), numbers([2, 3])),
      given("a tensor", (x, v) => autograd.maskedFill(x, everyOther([2, 3]), v), numbers([3]), numbers([])),
    ],
    drops: true,
  },
  nanToNum: { samples: curve(autograd.nanToNum, -2, 2), exempt: ignoresNaN },
  trunc: { samples: curve(autograd.trunc, -2, 2) },
  frac: { samples: curve(autograd.frac, -2, 2) },
  floorDivide: { samples: surface(autograd.floorDivide, [3.1, 3.4], [1.1, 1.4]) },
  truncDivide: { samples: surface(autograd.truncDivide, [-3.4, -3.1], [1.1, 1.4]) },
  remainder: { samples: surface(autograd.remainder, [-3.4, -3.1], [1.1, 1.4]) },
  fmod: { samples: surface(autograd.fmod, [-3.4, -3.1], [1.1, 1.4]) },
  asinh: { samples: curve(autograd.asinh, -3, 3) },
  acosh: { samples: curve(autograd.acosh, 1.2, 4), loses: 4 },
  atanh: { samples: curve(autograd.atanh, -0.8, 0.8), loses: 8 },
  atan2: { samples: surface(autograd.atan2) },
  hypot: { samples: surface(autograd.hypot) },
  sinc: { samples: [...curve(autograd.sinc, -3, 3), given("at 0", autograd.sinc, f64([0, 1e-9]))], loses: 8 },
  deg2rad: { samples: curve(autograd.deg2rad, -180, 180) },
  rad2deg: { samples: curve(autograd.rad2deg, -3, 3) },
  exp2: { samples: curve(autograd.exp2, -3, 3), loses: 4 },
  ldexp: { samples: surface(autograd.ldexp), loses: 4 },
  frexp: { samples: curve((x) => autograd.frexp(x)[0], 0.55, 0.95) },
  logaddexp: { samples: surface(autograd.logaddexp) },
  logaddexp2: { samples: surface(autograd.logaddexp2) },
  xlogy: { samples: surface(autograd.xlogy, positive), loses: 4 },
  xlog1py: { samples: surface(autograd.xlog1py, positive), loses: 4 },
  entr: { samples: curve(autograd.entr, ...positive) },
  logit: {
    samples: [
      ...curve(autograd.logit, 0.1, 0.9),
      given("clamped", (x) => autograd.logit(x, 0.2), f64([0.1, 0.3, 0.9])),
    ],
    drops: true,
    loses: 16,
  },
  floatPower: {
    samples: surface(autograd.floatPower, positive),
    exempt: { precision: "always double", extents: "always double" },
  },
  lerp: {
    samples: [
      given("numbers", (a, b) => autograd.lerp(a, b, 0.3), numbers([3]), numbers([2, 1])),
      given("tensors", autograd.lerp, numbers([3]), numbers([2, 1]), numbers([])),
    ],
    loses: 8,
  },
  addcmul: {
    samples: [
      given("", (x, a, b) => autograd.addcmul(x, a, b, -3), numbers([3]), numbers([2, 1]), numbers([])),
      given("a tensor for the value", autograd.addcmul, ...fourOperands),
    ],
  },
  addcdiv: {
    samples: [
      given(
        "",
        (x, a, b) => autograd.addcdiv(x, a, b, -3),
        numbers([3]),
        numbers([2, 1]),
        numbers([], ...positive),
      ),
      given("a tensor for the value", autograd.addcdiv, ...fourOperands),
    ],
    loses: 16,
  },
  lgamma: {
    samples: [...curve(autograd.lgamma, 0.3, 6), given("negative", autograd.lgamma, f64([-1.4]))],
    loses: 8,
  },
  digamma: {
    samples: [...curve(autograd.digamma, 0.5, 6), given("negative", autograd.digamma, f64([-1.4]))],
    loses: 8,
  },
  polygamma: {
    samples: [1, 2].flatMap((n) => curve((x) => autograd.polygamma(n, x), 0.7, 5)),
    loses: 16,
  },
  mvlgamma: { samples: curve((x) => autograd.mvlgamma(x, 3), 1.6, 5), loses: 8 },
  zeta: { samples: [2, 3.5].flatMap((s) => curve((q) => autograd.zeta(s, q), 0.7, 5)), loses: 16 },
  igamma: { samples: [0.4, 3].flatMap((a) => curve((x) => autograd.igamma(a, x), 0.5, 5)), loses: 8 },
  igammac: { samples: [0.4, 3].flatMap((a) => curve((x) => autograd.igammac(a, x), 0.5, 5)), loses: 8 },
  erfcx: { samples: curve(autograd.erfcx, -1.5, 6), loses: 16 },
  erfinv: { samples: curve(autograd.erfinv, -0.9, 0.9), loses: 16 },
  ndtri: { samples: curve(autograd.ndtri, 0.1, 0.9), loses: 32 },
  logNdtr: { samples: curve(autograd.logNdtr, -8, 3), loses: 4 },
  i0: { samples: curve(autograd.i0, -3, 3), loses: 4 },
  i1: { samples: curve(autograd.i1, -3, 3), loses: 4 },
  i0e: { samples: curve(autograd.i0e, 0.2, 5) },
  i1e: { samples: curve(autograd.i1e, 0.2, 5) },
  cast: { samples: unary((x) => autograd.cast(autograd.cast(x, "f64"), x.dtype)) },
  alias: { samples: unary(autograd.alias) },
  contiguous: { samples: unary(autograd.contiguous) },
};
