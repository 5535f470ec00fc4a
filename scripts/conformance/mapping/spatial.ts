import type { Tensor } from "@isograd/autograd";
import * as autograd from "@isograd/autograd";
import { type Arguments, type Call, call, type Mapping } from "../call.ts";

type Convolution = typeof autograd.conv2d;
type TransposedConvolution = typeof autograd.convTranspose2d;
type MeanPooling = typeof autograd.avgPool2d;
type MaxPooling = typeof autograd.maxPool2dWithIndices;
type AdaptiveMaxPooling = typeof autograd.adaptiveMaxPool2dWithIndices;
type Unpooling = typeof autograd.maxUnpool2d;
type PowerPooling = typeof autograd.lpPool2d;
type Padding = typeof autograd.reflectionPad;

/** What PyTorch writes as None, and an empty list of strides, is left out here. */
const given = <T>(value: T | null | undefined): T | undefined =>
  value === null || (Array.isArray(value) && value.length === 0) ? undefined : value;

const convolution = (f: Convolution): Call =>
  call(
    "input weight bias=null stride=1 padding=0 dilation=1 groups=1",
    ({ input, weight, bias, stride, padding, dilation, groups }) =>
      f(input, weight, bias, { stride, padding, dilation, groups }),
  );

const transposedConvolution = (f: TransposedConvolution): Call =>
  call(
    "input weight bias=null stride=1 padding=0 output_padding=0 groups=1 dilation=1",
    ({ input, weight, bias, stride, padding, output_padding: outputPadding, groups, dilation }) =>
      f(input, weight, bias, { stride, padding, outputPadding, groups, dilation }),
  );

const meanPooling = (f: MeanPooling): Call =>
  call(
    "input kernel_size stride=null padding=0 ceil_mode=false count_include_pad=true divisor_override=null",
    ({ input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override }) =>
      f(input, kernel_size, {
        stride: given(stride),
        padding,
        ceilMode: ceil_mode,
        countIncludePad: count_include_pad,
        divisorOverride: given(divisor_override),
      }),
  );

const picked = ([values, indices]: readonly Tensor[], withIndices: boolean): Tensor | readonly Tensor[] =>
  withIndices ? [values, indices] : values;

const maxPooling = (f: MaxPooling): Call =>
  call(
    "input kernel_size stride=null padding=0 dilation=1 ceil_mode=false return_indices=false",
    ({ input, kernel_size, stride, padding, dilation, ceil_mode: ceilMode, return_indices }) =>
      picked(f(input, kernel_size, { stride: given(stride), padding, dilation, ceilMode }), return_indices),
  );

const adaptiveMaxPooling = (f: AdaptiveMaxPooling): Call =>
  call("input output_size return_indices=false", ({ input, output_size, return_indices }) =>
    picked(f(input, output_size), return_indices),
  );

const unpooling = (f: Unpooling): Call =>
  call(
    "input indices kernel_size stride=null padding=0 output_size=null",
    ({ input, indices, kernel_size, stride, padding, output_size }) =>
      f(input, indices, kernel_size, { stride: given(stride), padding, outputSize: given(output_size) }),
  );

const powerPooling = (f: PowerPooling): Call =>
  call(
    "input norm_type kernel_size stride=null ceil_mode=false",
    ({ input, norm_type, kernel_size, stride, ceil_mode: ceilMode }) =>
      f(input, norm_type, kernel_size, { stride: given(stride), ceilMode }),
  );

/** PyTorch's widths go from the last axis to the first, and leave out those in front. */
const padding = (f: Padding): Call =>
  call("input pad mode=null value=null", ({ input, pad }) => {
    const pairs = Array.from({ length: pad.length / 2 }, (_, k): [number, number] => [
      pad[2 * k],
      pad[2 * k + 1],
    ]);
    const rest = Array.from({ length: input.rank - pairs.length }, (): [number, number] => [0, 0]);
    return f(input, [...rest, ...pairs.reverse()]);
  });

const interpolation: Call = call(
  'input size=null scale_factor=null mode="nearest" align_corners=null recompute_scale_factor=null',
  (bound) => interpolated(bound),
);

const interpolated = ({ input, size, scale_factor, mode, ...rest }: Arguments): Tensor =>
  autograd.interpolate(input, {
    size: given(size),
    scaleFactor: given(scale_factor),
    mode,
    alignCorners: given(rest.align_corners),
    recomputeScaleFactor: given(rest.recompute_scale_factor),
  });

const upsampling = (mode: string, align_corners: boolean | null): Call =>
  call("input size=null scale_factor=null", (bound) => interpolated({ ...bound, mode, align_corners }));

/** `prefix` stands before each name of the table. */
const named = (prefix: string, table: Mapping): Mapping =>
  Object.fromEntries(Object.entries(table).map(([name, f]) => [prefix + name, f]));

export const spatial: Mapping = named("nn.functional.", {
  conv1d: convolution(autograd.conv1d),
  conv2d: convolution(autograd.conv2d),
  conv3d: convolution(autograd.conv3d),
  conv_transpose1d: transposedConvolution(autograd.convTranspose1d),
  conv_transpose2d: transposedConvolution(autograd.convTranspose2d),
  conv_transpose3d: transposedConvolution(autograd.convTranspose3d),
  avg_pool1d: meanPooling(autograd.avgPool1d),
  avg_pool2d: meanPooling(autograd.avgPool2d),
  avg_pool3d: meanPooling(autograd.avgPool3d),
  max_pool1d: maxPooling(autograd.maxPool1dWithIndices),
  max_pool2d: maxPooling(autograd.maxPool2dWithIndices),
  max_pool3d: maxPooling(autograd.maxPool3dWithIndices),
  adaptive_avg_pool1d: call("input output_size", ({ input, output_size }) =>
    autograd.adaptiveAvgPool1d(input, output_size),
  ),
  adaptive_avg_pool2d: call("input output_size", ({ input, output_size }) =>
    autograd.adaptiveAvgPool2d(input, output_size),
  ),
  adaptive_avg_pool3d: call("input output_size", ({ input, output_size }) =>
    autograd.adaptiveAvgPool3d(input, output_size),
  ),
  adaptive_max_pool1d: adaptiveMaxPooling(autograd.adaptiveMaxPool1dWithIndices),
  adaptive_max_pool2d: adaptiveMaxPooling(autograd.adaptiveMaxPool2dWithIndices),
  adaptive_max_pool3d: adaptiveMaxPooling(autograd.adaptiveMaxPool3dWithIndices),
  max_unpool1d: unpooling(autograd.maxUnpool1d),
  max_unpool2d: unpooling(autograd.maxUnpool2d),
  max_unpool3d: unpooling(autograd.maxUnpool3d),
  "max_unpool1d/grad": unpooling(autograd.maxUnpool1d),
  "max_unpool2d/grad": unpooling(autograd.maxUnpool2d),
  "max_unpool3d/grad": unpooling(autograd.maxUnpool3d),
  lp_pool1d: powerPooling(autograd.lpPool1d),
  lp_pool2d: powerPooling(autograd.lpPool2d),
  "pad/reflect": padding(autograd.reflectionPad),
  "pad/replicate": padding(autograd.replicationPad),
  "pad/circular": padding(autograd.circularPad),
  "interpolate/nearest": interpolation,
  "interpolate/nearest-exact": interpolation,
  "interpolate/area": interpolation,
  "interpolate/linear": interpolation,
  "interpolate/bilinear": interpolation,
  "interpolate/bicubic": interpolation,
  "interpolate/trilinear": interpolation,
  upsample_bilinear: upsampling("bilinear", true),
  upsample_nearest: upsampling("nearest", null),
  grid_sample: call(
    'input grid mode="bilinear" padding_mode="zeros" align_corners=null',
    ({ input, grid, mode, padding_mode: paddingMode, align_corners }) =>
      autograd.gridSample(input, grid, { mode, paddingMode, alignCorners: given(align_corners) }),
  ),
  affine_grid: call("theta size align_corners=null", ({ theta, size, align_corners }) =>
    autograd.affineGrid(theta, size, { alignCorners: given(align_corners) }),
  ),
  unfold: call(
    "input kernel_size dilation=1 padding=0 stride=1",
    ({ input, kernel_size, dilation, padding: width, stride }) =>
      autograd.im2col(input, kernel_size, { dilation, padding: width, stride }),
  ),
  fold: call(
    "input output_size kernel_size dilation=1 padding=0 stride=1",
    ({ input, output_size, kernel_size, dilation, padding: width, stride }) =>
      autograd.col2im(input, output_size, kernel_size, { dilation, padding: width, stride }),
  ),
  local_response_norm: call("input size alpha=0.0001 beta=0.75 k=1", ({ input, size, alpha, beta, k }) =>
    autograd.localResponseNorm(input, size, { alpha, beta, k }),
  ),
});
