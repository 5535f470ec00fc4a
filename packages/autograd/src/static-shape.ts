import type { Shape } from "./shape.ts";

// What the compiler can know of shapes. An unknown shape is `any`: it fits wherever a known one is asked for, and a check passes whenever
// an extent is unknown, so that types never stand in the way of code that works out its shapes as it runs.

// biome-ignore lint/suspicious/noExplicitAny: assignable to and from every shape
export type UnknownShape = any;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** The shape as a property: of an unknown shape, a list of numbers. */
export type Seen<S> = IsAny<S> extends true ? Shape : S extends Shape ? S : Shape;

/** Whether the rank is known. */
type IsKnown<S> =
  IsAny<S> extends true ? false : S extends Shape ? (number extends S["length"] ? false : true) : false;

/** A shape as it was written, if its rank is known. */
export type Written<S> = IsKnown<S> extends true ? S : UnknownShape;

/** What keeps an argument from fitting, in words: no argument has this type. */
export interface Misfit<Reason extends string> {
  readonly misfit: Reason;
}

/** `2, 3` of `[2, 3]`. */
type Show<S> = S extends readonly [infer Head extends number, ...infer Rest]
  ? Rest extends readonly []
    ? `${Head}`
    : `${Head}, ${Show<Rest>}`
  : "";

/** The extent that two extents broadcast to; never, if they do not. */
type BroadcastExtent<A extends number, B extends number> = number extends A
  ? number extends B
    ? number
    : B extends 1
      ? number
      : B
  : number extends B
    ? A extends 1
      ? number
      : A
    : A extends 1
      ? B
      : B extends 1
        ? A
        : A extends B
          ? A
          : never;

type Join<A extends Shape, B extends Shape> = A extends readonly [
  ...infer AFront extends Shape,
  infer ALast extends number,
]
  ? B extends readonly [...infer BFront extends Shape, infer BLast extends number]
    ? readonly [...Join<AFront, BFront>, BroadcastExtent<ALast, BLast>]
    : A
  : B;

type Clash<A extends Shape, B extends Shape> = A extends readonly [
  ...infer AFront extends Shape,
  infer ALast extends number,
]
  ? B extends readonly [...infer BFront extends Shape, infer BLast extends number]
    ? [BroadcastExtent<ALast, BLast>] extends [never]
      ? true
      : Clash<AFront, BFront>
    : false
  : false;

/** Applies `Yes` to two shapes of known rank. */
type BothKnown<A, B> = IsKnown<A> extends true ? IsKnown<B> : false;

/** The common shape of two operands. */
export type BroadcastShape<A, B> =
  BothKnown<A, B> extends true
    ? A extends Shape
      ? B extends Shape
        ? Join<A, B>
        : never
      : never
    : UnknownShape;

/** What a second operand must be, to broadcast with the first. */
export type FitsBroadcast<A, B> =
  BothKnown<A, B> extends true
    ? A extends Shape
      ? B extends Shape
        ? Clash<A, B> extends true
          ? Misfit<`expected shapes that broadcast, got [${Show<A>}] and [${Show<B>}]`>
          : unknown
        : never
      : never
    : unknown;

/** Whether two extents can be equal. */
type SameExtent<A, B> = number extends A ? true : number extends B ? true : A extends B ? true : false;

/** [..., m, k] and [..., k, n] to [..., m, n]; a vector in front is one row, a vector behind one column, that axis is then dropped. */
export type MatmulShape<A, B> =
  BothKnown<A, B> extends true
    ? A extends readonly [...infer Batch extends Shape, infer M, number]
      ? B extends readonly [...infer Others extends Shape, number, infer N]
        ? readonly [...Join<Batch, Others>, M, N]
        : readonly [...Batch, M]
      : B extends readonly [...infer Others extends Shape, number, infer N]
        ? readonly [...Others, N]
        : readonly []
    : UnknownShape;

/** What a right factor must be, to be multiplied by the left one. */
export type FitsMatmul<A, B> =
  BothKnown<A, B> extends true
    ? A extends readonly [...Shape, infer K]
      ? Inner<B> extends infer L
        ? [L] extends [never]
          ? MatmulMisfit<A, B>
          : SameExtent<K, L> extends true
            ? FitsBroadcast<BatchOf<A>, BatchOf<B>>
            : MatmulMisfit<A, B>
        : never
      : MatmulMisfit<A, B>
    : unknown;

/** The axes in front of the last two. */
type BatchOf<S> = S extends readonly [...infer Batch extends Shape, number, number] ? Batch : readonly [];

/** The extent of the second factor that is summed over. */
type Inner<B> = B extends readonly [...Shape, infer L, number] ? L : B extends readonly [infer L] ? L : never;

type MatmulMisfit<A, B> = Misfit<`expected [..., m, k] and [..., k, n], got [${Show<A>}] and [${Show<B>}]`>;

/** The last two extents exchanged. */
export type TransposedShape<S> = S extends readonly [...infer Batch extends Shape, infer M, infer N]
  ? IsKnown<S> extends true
    ? readonly [...Batch, N, M]
    : UnknownShape
  : UnknownShape;

/** The extents in another order. */
export type PermutedShape<S, Order> =
  IsKnown<S> extends true
    ? IsKnown<Order> extends true
      ? { readonly [K in keyof Order]: Order[K] extends keyof S ? S[Order[K]] : number }
      : UnknownShape
    : UnknownShape;

/** A shape as `reshape` takes it: -1 is an extent to be worked out. */
export type ReshapedShape<S> =
  IsKnown<S> extends true ? { readonly [K in keyof S]: S[K] extends -1 ? number : S[K] } : UnknownShape;

/** What is left of a shape when axes are reduced, as the options of a reduction say. */
export type ReducedShape<S, Options> =
  IsKnown<S> extends true
    ? Keeps<Options> extends infer Keep
      ? boolean extends Keep
        ? UnknownShape
        : AxesOf<Options> extends infer Axis
          ? Reduce<S, Axis, Keep>
          : never
      : never
    : UnknownShape;

type Keeps<Options> = Options extends { readonly keepDims: infer Keep } ? Keep : false;

/** The reduced axes as text; `all` where none is named, `string` where they are not known. */
type AxesOf<Options> = Options extends { readonly axis: infer Axis }
  ? Axis extends number
    ? `${Axis}`
    : Axis extends readonly (infer Each extends number)[]
      ? `${Each}`
      : Axis extends undefined
        ? "all"
        : string
  : "all";

type Reduce<S, Axis, Keep, Before extends unknown[] = []> = string extends Axis
  ? UnknownShape
  : `${number}` extends Axis
    ? UnknownShape
    : S extends readonly [infer Head, ...infer Rest]
      ? [Axis] extends ["all"]
        ? Keep extends true
          ? readonly [1, ...Reduce<Rest, Axis, Keep>]
          : readonly []
        : `${Before["length"]}` extends Axis
          ? Reduced<Rest, Axis, Keep, Before>
          : `-${S["length"]}` extends Axis
            ? Reduced<Rest, Axis, Keep, Before>
            : readonly [Head, ...Reduce<Rest, Axis, Keep, [...Before, Head]>]
      : readonly [];

type Reduced<Rest, Axis, Keep, Before extends unknown[]> = Keep extends true
  ? readonly [1, ...Reduce<Rest, Axis, Keep, [...Before, 1]>]
  : Reduce<Rest, Axis, Keep, [...Before, 1]>;

/** The shape of nested arrays: their lengths where they were written out, `number` where not. */
export type DataShape<D> =
  IsAny<D> extends true
    ? UnknownShape
    : [D] extends [number | boolean]
      ? readonly []
      : D extends ArrayBufferView
        ? readonly [number]
        : D extends readonly (infer Element)[]
          ? D extends readonly [infer First, ...unknown[]]
            ? Deeper<D["length"], DataShape<First>>
            : D extends readonly []
              ? readonly [0]
              : IsNested<Element> extends true
                ? UnknownShape
                : Deeper<number, DataShape<Element>>
          : UnknownShape;

type Deeper<Extent, Inner> =
  IsAny<Inner> extends true ? UnknownShape : Inner extends Shape ? readonly [Extent, ...Inner] : UnknownShape;

/** Whether arrays of some depth or another come: numbers among arrays. */
type IsNested<Element> = number extends Element
  ? [Element] extends [number | boolean]
    ? false
    : true
  : false;
