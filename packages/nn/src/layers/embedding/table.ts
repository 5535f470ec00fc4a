import {
  ArgumentError,
  add,
  fromData,
  type Generator,
  indexSelect,
  noGrad,
  parameter,
  type Tensor,
  vectorNorm,
} from "@isograd/autograd";
import { nextGenerator } from "../../initializers/default-generator.ts";
import type { Initializer } from "../../initializers/initializer.ts";
import { normal } from "../../initializers/random.ts";
import { draw, type Initial } from "../../module/initial.ts";
import { Module } from "../../module/module.ts";
import { checkExtent } from "../extent.ts";

export interface TableOptions {
  /** How many rows the table has. */
  readonly numEmbeddings: number;
  /** How many numbers a row has. */
  readonly embeddingDim: number;
  /** A row that begins as zeros and receives no gradient; negative: counted from the last. Default: none. */
  readonly paddingIndex?: number | null;
  /** Rows that are looked up and have a larger norm are first scaled down to it, for good; default: none are. */
  readonly maxNorm?: number | null;
  /** Of which norm that is the largest value; default 2. */
  readonly normType?: number;
  /** Divide the gradient of each row by how often it was looked up; default false. */
  readonly scaleGradByFreq?: boolean;
  /** Default: N(0, 1). */
  readonly weightInit?: Initializer;
  /** Default `f32`. */
  readonly dtype?: "f32" | "f64";
  /** Draws the rows. Default: the next fork of the default generator; see `setSeed`. */
  readonly generator?: Generator;
}

/** The same without what a table that is given says itself. */
export interface PretrainedOptions
  extends Omit<TableOptions, "numEmbeddings" | "embeddingDim" | "weightInit" | "dtype" | "generator"> {
  /** Whether the table stays as it is; default true. */
  readonly freeze?: boolean;
}

/** A learnt table whose rows are looked up. */
export abstract class Table<Inputs extends readonly unknown[]> extends Module<Inputs> {
  readonly weight: Tensor;
  readonly paddingIndex: number | null;
  readonly maxNorm: number | null;
  readonly normType: number;
  readonly scaleGradByFreq: boolean;
  readonly weightInit: Initializer;

  /** @param name of the layer, for errors */
  constructor(
    protected readonly name: string,
    options: TableOptions,
  ) {
    super();
    const { weightInit = normal(), dtype = "f32", generator = nextGenerator() } = options;
    const rows = checkExtent(name, "numEmbeddings", options.numEmbeddings);
    const shape = [rows, checkExtent(name, "embeddingDim", options.embeddingDim)];
    this.paddingIndex = rowOf(name, options.paddingIndex ?? null, rows);
    this.maxNorm = options.maxNorm ?? null;
    this.normType = options.normType ?? 2;
    this.scaleGradByFreq = options.scaleGradByFreq ?? false;
    this.weightInit = this.paddingIndex === null ? weightInit : withoutRow(weightInit, this.paddingIndex);
    this.weight = parameter(draw(this.initialOf(shape, dtype), generator));
  }

  /** The table, after what `index` names in it was scaled down as `maxNorm` says. */
  protected tableFor(index: Tensor): Tensor {
    const { weight, maxNorm, normType } = this;
    const change = maxNorm === null ? null : noGrad(() => shrinking(weight, index, maxNorm, normType));
    if (change === null) return weight;
    // What a transform differentiates by stays as it is, and only what is read of it is scaled.
    if (!weight.isLeaf) return add(weight, change);
    weight.assign(add(weight.detach(), change));
    return weight;
  }

  override initials(): Readonly<Record<string, Initial>> {
    const { shape, dtype } = this.weight;
    return { weight: this.initialOf(shape, dtype as "f32" | "f64") };
  }

  // Rows are picked, not summed: what is drawn for weights by their fans would not suit them.
  private initialOf(shape: readonly number[], dtype: "f32" | "f64"): Initial {
    return { role: "fixed", shape, dtype, initializer: this.weightInit };
  }
}

/** @throws ArgumentError if there is no such row */
function rowOf(layer: string, padding: number | null, rows: number): number | null {
  if (padding === null) return null;
  const row = padding < 0 ? padding + rows : padding;
  if (!Number.isInteger(row) || row < 0 || row >= rows)
    throw new ArgumentError(layer, `expected the padding to be one of ${rows} rows`, padding);
  return row;
}

/** Draws as `initializer` does, and sets one row to zeros. */
function withoutRow(initializer: Initializer, row: number): Initializer {
  return (slot) => {
    const drawn = initializer(slot);
    const [, features] = drawn.shape;
    const data = drawn.values().slice();
    data.fill(0, row * features, (row + 1) * features);
    return fromData(data, drawn.shape);
  };
}

/** What is to be added to the rows that are too long, null if none is; PyTorch adds 1e-7 to the norm that it divides by. */
function shrinking(weight: Tensor, index: Tensor, maxNorm: number, normType: number): Tensor | null {
  const rows = [...new Set(index.values())];
  const picked = indexSelect(weight, 0, fromData(Int32Array.from(rows), [rows.length]));
  const norms = vectorNorm(picked, { ord: normType, axis: 1 }).values();
  const large = rows.flatMap((row, k) => (norms[k] > maxNorm ? [[row, maxNorm / (norms[k] + 1e-7)]] : []));
  if (large.length === 0) return null;
  const [, features] = weight.shape;
  const values = weight.values();
  const change = values.slice().fill(0);
  for (const [row, factor] of large)
    for (let k = row * features; k < (row + 1) * features; k++) change[k] = (factor - 1) * values[k];
  return fromData(change, weight.shape);
}
