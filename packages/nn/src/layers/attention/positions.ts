import {
  ArgumentError,
  add,
  type Generator,
  parameter,
  reshape,
  ShapeError,
  slice,
  type Tensor,
} from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import type { Initializer } from "../../initializers/initializer.ts";
import { normal } from "../../initializers/random.ts";
import { draw, type Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";
import { anglesAt, tableLike } from "./angles.ts";

interface PositionOptions {
  /** How many features a position has. */
  readonly features: number;
  /** Whether inputs are [batch, length, features] instead of [length, batch, features]; default false. */
  readonly batchFirst?: boolean;
}

export interface SinusoidalPositionsOptions extends PositionOptions {
  /** How much longer the last waves are than the first, nearly; default 10000. */
  readonly base?: number;
}

/**
 * Adds to each position waves of falling frequency: sin(position · base^(-2i/features)) to feature 2i, the cosine to feature 2i + 1.
 *
 * [length, batch, features], or [batch, length, features] with `batchFirst`, or [length, features] -> the same. It learns nothing.
 *
 * @throws ShapeError when called, if the features do not fit
 * @see Vaswani et al. 2017, "Attention is all you need"
 * @example
 * const positions = new SinusoidalPositions({ features: 4, batchFirst: true });
 * positions.call(full([1, 2, 4], 0)); // [[[0, 1, 0, 1], [0.8415, 0.5403, 0.0100, 0.9999]]]
 */
export class SinusoidalPositions extends Module<readonly [x: Tensor, offset?: number]> {
  readonly features: number;
  readonly base: number;
  readonly batchFirst: boolean;

  constructor({ features, base = 10000, batchFirst = false }: SinusoidalPositionsOptions) {
    super();
    this.features = checkExtent("SinusoidalPositions", "features", features);
    this.base = base;
    this.batchFirst = batchFirst;
  }

  forward(x: Tensor, offset = 0): Tensor {
    const { features, base, batchFirst } = this;
    const length = lengthOf("SinusoidalPositions", x, features, batchFirst);
    const { sines, cosines } = anglesAt(offset, length, features, base);
    const pairs = Math.ceil(features / 2);
    const waves = Float64Array.from({ length: length * features }, (_, i) => {
      const [row, column] = [Math.trunc(i / features), i % features];
      return (column % 2 === 0 ? sines : cosines)[row * pairs + Math.trunc(column / 2)];
    });
    return add(x, alongLength(x, tableLike(x, waves, [length, features]), batchFirst));
  }
}

export interface LearnedPositionsOptions extends PositionOptions {
  /** How many positions there are. */
  readonly maxLength: number;
  /** Default: N(0, 0.02²). */
  readonly weightInit?: Initializer;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
  /** Draws the positions. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/**
 * Adds to each position a vector that is learnt for it.
 *
 * [length, batch, features], or [batch, length, features] with `batchFirst`, or [length, features] -> the same; weight [maxLength, features].
 *
 * @throws ShapeError when called, if the features do not fit; ArgumentError if there are more positions than it has
 * @see Gehring et al. 2017, "Convolutional sequence to sequence learning"
 * @example
 * const positions = new LearnedPositions({ maxLength: 512, features: 64, batchFirst: true });
 * positions.call(full([2, 10, 64], 1)).shape; // [2, 10, 64]
 */
export class LearnedPositions extends Module<readonly [x: Tensor, offset?: number]> {
  readonly weight: Tensor;
  readonly weightInit: Initializer;
  readonly batchFirst: boolean;

  constructor(options: LearnedPositionsOptions) {
    super();
    const { maxLength, features, dtype = "f32", generator = nextGenerator() } = options;
    const { weightInit = normal({ std: 0.02 }), batchFirst = false } = options;
    const shape = [
      checkExtent("LearnedPositions", "maxLength", maxLength),
      checkExtent("LearnedPositions", "features", features),
    ];
    this.weightInit = weightInit;
    this.batchFirst = batchFirst;
    this.weight = parameter(draw({ role: "fixed", shape, dtype, initializer: weightInit }, generator));
  }

  forward(x: Tensor, offset = 0): Tensor {
    const { weight, batchFirst } = this;
    const [maxLength, features] = weight.shape;
    const length = lengthOf("LearnedPositions", x, features, batchFirst);
    if (!Number.isInteger(offset) || offset < 0 || offset + length > maxLength)
      throw new ArgumentError(
        "LearnedPositions",
        `expected positions below ${maxLength}`,
        `${length} from ${offset} on`,
      );
    return add(x, alongLength(x, slice(weight, 0, { start: offset, end: offset + length }), batchFirst));
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { shape, dtype } = this.weight;
    const initial = { role: "fixed", shape, dtype: dtype as "f32" | "f64" } as const;
    return { weight: { ...initial, initializer: this.weightInit } };
  }
}

/** @throws ShapeError unless x is a sequence, or a batch of them, with so many features */
function lengthOf(layer: string, x: Tensor, features: number, batchFirst: boolean): number {
  if (x.rank < 2 || x.rank > 3 || x.shape[x.rank - 1] !== features) {
    const axes = batchFirst ? "batch, length" : "length, batch";
    throw new ShapeError(layer, [x.shape], `expected [${axes}, ${features}] or [length, ${features}]`);
  }
  return x.shape[batchFirst ? x.rank - 2 : 0];
}

/** A table [length, features], ready to broadcast over x. */
function alongLength(x: Tensor, table: Tensor, batchFirst: boolean): Tensor {
  const [length, features] = table.shape;
  return batchFirst || x.rank === 2 ? table : reshape(table, [length, 1, features]);
}
