import * as autograd from "../../../src/index.ts";
import { binary, everyOther, f64, given, numbers, type OpEntry, of, unary } from "../samples.ts";

const positive: [number, number] = [0.3, 3];

export const elementwiseTable: Readonly<Record<string, OpEntry>> = {
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
  cast: { samples: unary((x) => autograd.cast(autograd.cast(x, "f64"), x.dtype)) },
  alias: { samples: unary(autograd.alias) },
  contiguous: { samples: unary(autograd.contiguous) },
};
