import {
  atleast1d,
  atleast2d,
  atleast3d,
  blockDiag,
  broadcastTensors,
  cartesianProd,
  chunk,
  columnStack,
  combinations,
  concat,
  contiguous,
  diag,
  diagEmbed,
  diagflat,
  diagonal,
  diagonalScatter,
  dsplit,
  dstack,
  expand,
  flatten,
  flip,
  full,
  hsplit,
  hstack,
  meshgrid,
  movedim,
  narrow,
  pad,
  permute,
  pixelShuffle,
  pixelUnshuffle,
  repeatInterleave,
  reshape,
  roll,
  rot90,
  select,
  slice,
  split,
  squeeze,
  stack,
  sumTo,
  Tensor,
  tensorSplit,
  tile,
  trace,
  transpose,
  tril,
  triu,
  unbind,
  unflatten,
  unsqueeze,
  vander,
  vsplit,
  vstack,
  windows,
} from "@isograd/autograd";
import { call, type Mapping } from "../call.ts";

/** Extents given one by one, or as a list. */
const listed = (extents: readonly unknown[]): number[] => extents.flat() as number[];

/** PyTorch lists extents that stay as -1. */
const stretched = (x: Tensor, extents: readonly number[]): Tensor =>
  expand(
    x,
    extents.map((extent, axis) => (extent === -1 ? x.shape[axis - extents.length + x.rank] : extent)),
  );

/** PyTorch counts the axes of a scalar as those of a vector. */
const turned = (x: Tensor, first: number, second: number): Tensor =>
  x.rank === 0 ? x : transpose(x, first, second);

/** A scalar unfolds to its one window. */
const unfolded = (x: Tensor, axis: number, size: number, step: number): Tensor =>
  x.rank === 0 ? reshape(x, [size]) : windows(x, [axis], [size], { stride: step });

/** PyTorch leaves an axis alone whose extent is not 1. */
const squeezed = (x: Tensor, dim: number | null): Tensor =>
  dim === null ? squeeze(x) : x.rank === 0 || x.shape.at(dim) !== 1 ? x : squeeze(x, dim);

/** PyTorch lists widths from the last axis on, all in a row. */
const padded = (x: Tensor, widths: readonly number[], value: number | null): Tensor =>
  pad(
    x,
    x.shape.map((_, axis) => {
      const at = 2 * (x.rank - 1 - axis);
      return [widths[at] ?? 0, widths[at + 1] ?? 0];
    }),
    value ?? 0,
  );

/** Positions as numbers, where PyTorch takes a tensor of them too. */
const numbersOf = (cuts: Tensor | number | readonly number[]): number | readonly number[] =>
  cuts instanceof Tensor ? (cuts.toArray() as number | readonly number[]) : cuts;

const reversed = (x: Tensor): Tensor => permute(x, x.shape.map((_, axis) => axis).reverse());

export const movement: Mapping = {
  H: call("input", ({ input }) => reversed(input)),
  T: call("input", ({ input }) => reversed(input)),
  atleast_1d: call("*tensors", ({ tensors }) => tensors.flat().map(atleast1d)),
  atleast_2d: call("*tensors", ({ tensors }) => tensors.flat().map(atleast2d)),
  atleast_3d: call("*tensors", ({ tensors }) => tensors.flat().map(atleast3d)),
  block_diag: call("*tensors", ({ tensors }) => blockDiag(tensors)),
  broadcast_tensors: call("*tensors", ({ tensors }) => broadcastTensors(tensors)),
  broadcast_to: call("input size", ({ input, size }) => expand(input, size)),
  cartesian_prod: call("*tensors", ({ tensors }) => cartesianProd(tensors)),
  cat: call("tensors dim=0", ({ tensors, dim }) => concat(tensors, dim)),
  chunk: call("input chunks dim=0", ({ input, chunks, dim }) => chunk(input, chunks, dim)),
  clone: call("input memory_format=null", ({ input }) => contiguous(input)),
  column_stack: call("tensors", ({ tensors }) => columnStack(tensors)),
  combinations: call("input r=2 with_replacement=false", ({ input, r, with_replacement }) =>
    combinations(input, r, { withReplacement: with_replacement }),
  ),
  constant_pad_nd: call("input pad value=0", ({ input, pad: widths, value }) => padded(input, widths, value)),
  contiguous: call("input memory_format=null", ({ input }) => contiguous(input)),
  diag: call("input diagonal=0", ({ input, diagonal: offset }) => diag(input, offset)),
  diag_embed: call("input offset=0 dim1=-2 dim2=-1", ({ input, offset, dim1, dim2 }) =>
    diagEmbed(input, offset, dim1, dim2),
  ),
  diagflat: call("input offset=0", ({ input, offset }) => diagflat(input, offset)),
  diagonal: call("input offset=0 dim1=0 dim2=1", ({ input, offset, dim1, dim2 }) =>
    diagonal(input, offset, dim1, dim2),
  ),
  diagonal_scatter: call("input src offset=0 dim1=0 dim2=1", ({ input, src, offset, dim1, dim2 }) =>
    diagonalScatter(input, src, offset, dim1, dim2),
  ),
  dsplit: call("input cuts", ({ input, cuts }) => dsplit(input, cuts)),
  dstack: call("tensors", ({ tensors }) => dstack(tensors)),
  expand: call("input *size", ({ input, size }) => stretched(input, listed(size))),
  expand_as: call("input other", ({ input, other }) => expand(input, other.shape)),
  fill: call("input value", ({ input, value }) =>
    value instanceof Tensor ? expand(value, input.shape) : full(input.shape, Number(value), input.dtype),
  ),
  flatten: call("input start_dim=0 end_dim=-1", ({ input, start_dim, end_dim }) =>
    flatten(input, start_dim, end_dim),
  ),
  flip: call("input *dims", ({ input, dims }) => flip(input, listed([dims]))),
  fliplr: call("input", ({ input }) => flip(input, 1)),
  flipud: call("input", ({ input }) => flip(input, 0)),
  hsplit: call("input cuts", ({ input, cuts }) => hsplit(input, cuts)),
  hstack: call("tensors", ({ tensors }) => hstack(tensors)),
  "linalg.vander": call("x N=null", ({ x, N }) => vander(atleast1d(x), N ?? undefined)),
  mH: call("input", ({ input }) => turned(input, -2, -1)),
  mT: call("input", ({ input }) => turned(input, -2, -1)),
  "meshgrid/list_of_tensors": call('tensors indexing="ij"', ({ tensors, indexing }) =>
    meshgrid(tensors, indexing),
  ),
  "meshgrid/variadic_tensors": call('*tensors indexing="ij"', ({ tensors, indexing }) =>
    meshgrid(tensors, indexing),
  ),
  movedim: call("input source destination", ({ input, source, destination }) =>
    movedim(input, source, destination),
  ),
  narrow: call("input dim start length", ({ input, dim, start, length }) =>
    narrow(input, dim, numbersOf(start) as number, length),
  ),
  "nn.functional.pad/constant": call('input pad mode="constant" value=0', ({ input, pad: widths, value }) =>
    padded(input, widths, value),
  ),
  "nn.functional.pixel_shuffle": call("input upscale_factor", ({ input, upscale_factor }) =>
    pixelShuffle(input, upscale_factor),
  ),
  "nn.functional.pixel_unshuffle": call("input downscale_factor", ({ input, downscale_factor }) =>
    pixelUnshuffle(input, downscale_factor),
  ),
  permute: call("input *dims", ({ input, dims }) => permute(input, listed(dims))),
  ravel: call("input", ({ input }) => flatten(input)),
  repeat: call("input *repeats", ({ input, repeats }) => tile(input, listed(repeats))),
  repeat_interleave: call("input repeats dim=null output_size=null", ({ input, repeats, dim }) =>
    repeatInterleave(input, repeats, dim ?? undefined),
  ),
  reshape: call("input *shape", ({ input, shape }) => reshape(input, listed(shape))),
  reshape_as: call("input other", ({ input, other }) => reshape(input, other.shape)),
  roll: call("input shifts dims=null", ({ input, shifts, dims }) => roll(input, shifts, dims ?? undefined)),
  rot90: call("input k=1 dims=[0,1]", ({ input, k, dims }) => rot90(input, k, dims)),
  select: call("input dim index", ({ input, dim, index }) => select(input, dim, index)),
  slice: call("input dim=0 start=null end=null step=1", ({ input, dim, start, end, step }) =>
    slice(input, dim, { start: start ?? undefined, end: end ?? undefined, step }),
  ),
  split: call("input size dim=0", ({ input, size, dim }) => split(input, size, dim)),
  "split/list_args": call("input size dim=0", ({ input, size, dim }) => split(input, size, dim)),
  split_with_sizes: call("input size dim=0", ({ input, size, dim }) => split(input, size, dim)),
  squeeze: call("input dim=null", ({ input, dim }) => squeezed(input, dim)),
  stack: call("tensors dim=0", ({ tensors, dim }) => stack(tensors, dim)),
  sum_to_size: call("input *size", ({ input, size }) => sumTo(input, listed(size))),
  swapaxes: call("input axis0 axis1", ({ input, axis0, axis1 }) => turned(input, axis0, axis1)),
  t: call("input", ({ input }) => reversed(input)),
  tensor_split: call("input cuts dim=0", ({ input, cuts, dim }) => tensorSplit(input, numbersOf(cuts), dim)),
  tile: call("input *dims", ({ input, dims }) => tile(input, listed(dims))),
  trace: call("input", ({ input }) => trace(input)),
  transpose: call("input dim0 dim1", ({ input, dim0, dim1 }) => turned(input, dim0, dim1)),
  tril: call("input diagonal=0", ({ input, diagonal: offset }) => tril(input, offset)),
  triu: call("input diagonal=0", ({ input, diagonal: offset }) => triu(input, offset)),
  unbind: call("input dim=0", ({ input, dim }) => unbind(input, dim)),
  unflatten: call("input dim sizes", ({ input, dim, sizes }) => unflatten(input, dim, sizes)),
  unfold: call("input dimension size step", ({ input, dimension, size, step }) =>
    unfolded(input, dimension, size, step),
  ),
  unsqueeze: call("input dim", ({ input, dim }) => unsqueeze(input, dim)),
  view: call("input *shape", ({ input, shape }) => reshape(input, listed(shape))),
  view_as: call("input other", ({ input, other }) => reshape(input, other.shape)),
  vsplit: call("input cuts", ({ input, cuts }) => vsplit(input, cuts)),
  vstack: call("tensors", ({ tensors }) => vstack(tensors)),
};
