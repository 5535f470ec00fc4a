import { allocateUncleared, type Dtype, promote } from "../../dtype.ts";
import { type Convolution, convolver, type Slide } from "../../kernels/convolution.ts";
import type { MatrixBatch, MatrixData } from "../../kernels/matrix.ts";
import { denseData } from "../../kernels/strided.ts";
import { apply, defineOp } from "../../op.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import type { Op, Signature, Tensor } from "../../tensor.ts";
import { add } from "../elementwise/arithmetic.ts";
import { cast } from "../elementwise/cast.ts";
import { movedim } from "../movement/movedim.ts";
import { expand, permute, reshape, transpose, withExamples } from "../movement/movement.ts";
import { pad } from "../movement/slice.ts";
import { windows } from "./windows.ts";

/** Windows that slide over images, whose channels are split into groups that do not see each other. */
export interface Windowing {
  readonly slides: readonly Slide[];
  readonly groups: number;
}

// Three things, each linear in the two others: filters [groups, filters / groups, channels / groups · window], images [batch, channels, ...], and
// what the filters find in them, [batch, filters, ...]. An op makes each of the two others, and so the rules of an op are the other two ops.

const convolutionOp: Op<Windowing> = /* @__PURE__ */ defineOp<Windowing>({
  name: "convolution",
  shape: ([weight, x, ...bias], { slides }) => ({
    shape: [x.shape[0], weight.shape[0] * weight.shape[1], ...slides.map(({ count }) => count)],
    dtype: commonType(weight, x, ...bias),
  }),
  forward: ([weight, x, bias], windowing, { shape, dtype }) => {
    const out = allocateUncleared(dtype, sizeOf(shape)) as MatrixData;
    const work = workOf(windowing, x.shape, shape);
    const begin = bias === undefined ? null : numbersOf(bias, dtype);
    convolver().forward(work, numbersOf(x, dtype), matricesOf(weight, dtype), out, begin);
    return out;
  },
  vjp: [
    (g, { inputs: [, x], attributes }) => apply(filtersOp, [x, g], attributes),
    (g, { inputs: [weight], attributes }) => apply(imagesOp, [transpose(weight), g], attributes),
    (g) => g,
  ],
  jvp: [
    (tangent, { inputs: [, x], attributes }) => apply(convolutionOp, [tangent, x], attributes),
    (tangent, { inputs: [weight], attributes }) => apply(convolutionOp, [weight, tangent], attributes),
    (tangent, node) => expand(tangent, node.outputSignatures[0].shape),
  ],
  reads: [[1], [0], []],
  batch: ([weight, x, ...bias], mapped, windowing, size) => {
    const found =
      mapped[0] || mapped[1]
        ? withWeights(convolutionOp, [weight, x], mapped, windowing, size)
        : apply(convolutionOp, [weight, x], windowing);
    return bias.length === 0 ? found : add(found, bias[0]);
  },
  contraction: (g, { attributes: { groups } }) => asMatrices(g, groups, 0),
  flops: ([weight, x], { slides, groups }, [{ shape }]) =>
    2 * sizeOf(shape) * (weight?.shape[2] ?? ((x?.shape[1] ?? 0) / groups) * sizeOf(sizesOf(slides))),
});

/** The weights are transposed, [groups, channels / groups · window, filters / groups]; what they make is added up where windows overlap. */
const imagesOp: Op<Windowing> = /* @__PURE__ */ defineOp<Windowing>({
  name: "convolutionImages",
  shape: ([weight, found], { slides }) => ({
    shape: [
      found.shape[0],
      (weight.shape[0] * weight.shape[1]) / sizeOf(sizesOf(slides)),
      ...slides.map(({ extent }) => extent),
    ],
    dtype: commonType(weight, found),
  }),
  forward: ([weight, found], windowing, { shape, dtype }) => {
    const out = allocateUncleared(dtype, sizeOf(shape)) as MatrixData;
    const work = workOf(windowing, shape, found.shape);
    convolver().toImages(work, numbersOf(found, dtype), matricesOf(weight, dtype), out);
    return out;
  },
  vjp: [
    (g, { inputs: [, found], attributes }) => transpose(apply(filtersOp, [g, found], attributes)),
    (g, { inputs: [weight], attributes }) => apply(convolutionOp, [transpose(weight), g], attributes),
  ],
  jvp: [
    (tangent, { inputs: [, found], attributes }) => apply(imagesOp, [tangent, found], attributes),
    (tangent, { inputs: [weight], attributes }) => apply(imagesOp, [weight, tangent], attributes),
  ],
  reads: [[1], [0]],
  batch: (inputs, mapped, windowing, size) => withWeights(imagesOp, inputs, mapped, windowing, size),
  contraction: (g, { attributes: { groups, slides } }) =>
    asMatrices(windowsOf(g, slides), groups, slides.length),
  flops: ([weight, found], { slides, groups }, [{ shape }]) =>
    2 *
    sizeOf([...shape.slice(0, 2), ...sizesOf(slides), ...slides.map(({ count }) => count)]) *
    (weight?.shape[2] ?? (found?.shape[1] ?? 0) / groups),
});

const filtersOp: Op<Windowing> = /* @__PURE__ */ defineOp<Windowing>({
  name: "convolutionFilters",
  shape: ([x, found], { slides, groups }) => ({
    shape: [groups, found.shape[1] / groups, (x.shape[1] / groups) * sizeOf(sizesOf(slides))],
    dtype: commonType(x, found),
  }),
  forward: ([x, found], windowing, { shape, dtype }) => {
    const out = allocateUncleared(dtype, sizeOf(shape)) as MatrixData;
    const work = workOf(windowing, x.shape, found.shape);
    convolver().toFilters(work, numbersOf(x, dtype), numbersOf(found, dtype), out);
    return out;
  },
  vjp: [
    (g, { inputs: [, found], attributes }) => apply(imagesOp, [transpose(g), found], attributes),
    (g, { inputs: [x], attributes }) => apply(convolutionOp, [g, x], attributes),
  ],
  jvp: [
    (tangent, { inputs: [, found], attributes }) => apply(filtersOp, [tangent, found], attributes),
    (tangent, { inputs: [x], attributes }) => apply(filtersOp, [x, tangent], attributes),
  ],
  reads: [[1], [0]],
  batch: (inputs, mapped, { slides, groups }, size) => {
    const [x, found] = withExamples(inputs, mapped, size).map(intoChannels);
    const filters = apply(filtersOp, [x, found], { slides, groups: size * groups });
    return reshape(filters, [size, groups, ...filters.shape.slice(1)]);
  },
  flops: ([x, found], { slides }, [{ shape }]) =>
    2 * sizeOf(shape) * (x?.shape[0] ?? found?.shape[0] ?? 0) * sizeOf(slides.map(({ count }) => count)),
});

/** One set of weights for all examples sees one larger batch; with weights of its own, each example is a group of channels. */
function withWeights(
  op: Op<Windowing>,
  inputs: readonly Tensor[],
  mapped: readonly boolean[],
  { slides, groups }: Windowing,
  size: number,
): Tensor {
  if (!mapped[0]) {
    const [weight, x] = inputs;
    const all = reshape(x, [size * x.shape[1], ...x.shape.slice(2)]);
    const result = apply(op, [weight, all], { slides, groups });
    return reshape(result, [size, x.shape[1], ...result.shape.slice(1)]);
  }
  const [weights, x] = withExamples(inputs, mapped, size);
  const grouped = reshape(weights, [size * groups, ...weights.shape.slice(2)]);
  const result = apply(op, [grouped, intoChannels(x)], { slides, groups: size * groups });
  const [batch, channels, ...extents] = result.shape;
  return movedim(reshape(result, [batch, size, channels / size, ...extents]), 1, 0);
}

/** [examples, batch, channels, ...] as [batch, examples · channels, ...]. */
function intoChannels(x: Tensor): Tensor {
  const [size, batch, channels, ...extents] = x.shape;
  return reshape(movedim(x, 0, 1), [batch, size * channels, ...extents]);
}

/** [batch, channels, ..., ...window] as the product with weights [groups, rows, ...] sees it: [groups, rows, columns]. */
function asMatrices(x: Tensor, groups: number, windowRank: number): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  const inner = axes.length - windowRank;
  const rows = [1, ...axes.slice(inner)];
  const height = sizeOf(rows.map((axis) => x.shape[axis]));
  const columns = [0, ...axes.slice(2, inner)];
  const width = sizeOf(columns.map((axis) => x.shape[axis]));
  return reshape(permute(x, [...rows, ...columns]), [groups, height / groups, width]);
}

/** The windows themselves, with zeros around the images. */
function windowsOf(x: Tensor, slides: readonly Slide[]): Tensor {
  const widths = slides.map(({ extent, size, dilation, stride, count, before }) => {
    const reach = (count - 1) * stride + dilation * (size - 1) + 1;
    return [before, reach - before - extent] as const;
  });
  return windows(
    pad(x, [[0, 0], [0, 0], ...widths]),
    slides.map((_, axis) => axis + 2),
    sizesOf(slides),
    { stride: slides.map(({ stride }) => stride), dilation: slides.map(({ dilation }) => dilation) },
  );
}

const sizesOf = (slides: readonly Slide[]): number[] => slides.map(({ size }) => size);

const workOf = ({ slides, groups }: Windowing, images: Shape, found: Shape): Convolution => ({
  slides,
  groups,
  batch: images[0],
  channels: images[1],
  filters: found[1],
});

function commonType(...operands: readonly Signature[]): Dtype {
  const dtype = operands.map((operand) => operand.dtype).reduce(promote);
  return dtype === "bool" ? "i32" : dtype;
}

const numbersOf = (x: Tensor, dtype: Dtype): MatrixData => denseData(cast(x.detach(), dtype)) as MatrixData;

function matricesOf(weight: Tensor, dtype: Dtype): MatrixBatch {
  const { data, offset, strides } = cast(weight.detach(), dtype);
  const [step, rowStride, columnStride] = strides;
  return { data: data as MatrixData, offset, rowStride, columnStride, batchStrides: [step] };
}

/**
 * `weight` [groups, filters / groups, channels / groups · window] at each window of `x` [batch, channels, ...].
 *
 * @param bias one number a filter, along the second axis
 */
export function convolveWindows(
  weight: Tensor,
  x: Tensor,
  bias: Tensor | null,
  windowing: Windowing,
): Tensor {
  return apply(convolutionOp, bias === null ? [weight, x] : [weight, x, bias], windowing);
}

/** The adjoint of `convolveWindows` in the images, for weights of the same shape: the transpose is taken here. */
export function spreadWindows(weight: Tensor, found: Tensor, windowing: Windowing): Tensor {
  return apply(imagesOp, [transpose(weight), found], windowing);
}
