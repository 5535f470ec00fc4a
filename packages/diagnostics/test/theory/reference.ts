import { readFileSync } from "node:fs";
import { elu, gelu, hardtanh, relu, selu, sigmoid, silu, softplus, softsign, tanh } from "@isograd/autograd";

export const referenced = { relu, tanh, sigmoid, softplus, elu, selu, silu, gelu, softsign, hardtanh };

type Name = keyof typeof referenced;
type Moments = readonly [name: Name, q: number, f: number, f2: number, df2: number, df4: number];
type Network = readonly [
  name: Name,
  weightVariance: number,
  biasVariance: number,
  q: number,
  chi: number,
  lengthSlope: number,
  correlation: number,
  correlationSlope: number,
  map: readonly [number, number, number],
];

/** By another program in another language; see its note. */
export const reference: { readonly moments: readonly Moments[]; readonly networks: readonly Network[] } =
  JSON.parse(readFileSync(new URL("../reference/theory.json", import.meta.url), "utf8"));
