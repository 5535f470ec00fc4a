export { type Activation, type ActivationDefinition, defineActivation } from "./activations/define.ts";
export { gelu, geluTanh, hardSwish, mish, silu, swish } from "./activations/gated-linear.ts";
export { type Composite, defineGate, geglu, glu, swiglu } from "./activations/gates.ts";
export { celu, elu, leakyRelu, prelu, relu, relu6, selu, softplus } from "./activations/rectified.ts";
export {
  type ActivationName,
  type ActivationRegistry,
  activationByName,
  activationNames,
  activations,
  compositeActivations,
  registerActivation,
} from "./activations/registry.ts";
export { hardSigmoid, hardtanh, logSigmoid, sigmoid, softsign, tanh } from "./activations/sigmoidal.ts";
export { logSoftmax, softmax } from "./activations/softmax.ts";
export { type BackwardOptions, backward, type SweepOptions } from "./backward.ts";
export { detectAnomaly, enableGrad, noGrad, withScope } from "./context.ts";
export {
  arange,
  eye,
  fromData,
  full,
  linspace,
  ones,
  parameter,
  rand,
  randn,
  type TensorOptions,
  tensor,
  zeros,
} from "./create.ts";
export type { Dtype, TypedArray } from "./dtype.ts";
export {
  ArgumentError,
  DtypeError,
  GraphError,
  IsogradError,
  NonFiniteError,
  type NonFiniteOrigin,
  ShapeError,
} from "./errors.ts";
export { assertGradients, GradientMismatchError } from "./gradcheck/assert.ts";
export { checkGradients, type GradientCheckOptions } from "./gradcheck/check.ts";
export { describeReport, type GradientFailure, type GradientReport } from "./gradcheck/report.ts";
export { graphNodes, measureGraph, printGraph } from "./graph.ts";
export { type Handle, type Observer, observe, onGradient, onNode, retainGrad } from "./hooks.ts";
export type { ActivationFacts, CriticalPoint, GaussianMoments, Sides } from "./numerics/activation-facts.ts";
export { binomialTail } from "./numerics/binomial.ts";
export { normalTail } from "./numerics/normal.ts";
export { studentTTail } from "./numerics/student-t.ts";
export { apply, applyMany, defineOp } from "./op.ts";
export { add, div, mul, neg, reciprocal, square, sub } from "./ops/arithmetic.ts";
export { alias, cast, contiguous, stopGradient } from "./ops/cast.ts";
export {
  abs,
  ceil,
  clamp,
  eq,
  floor,
  ge,
  gt,
  le,
  logicalNot,
  lt,
  maximum,
  minimum,
  ne,
  round,
  sign,
  where,
} from "./ops/choice.ts";
export { type ConvolutionOptions, conv2d } from "./ops/convolution.ts";
export type { Binary, Unary } from "./ops/elementwise.ts";
export { gather, indexSelect, oneHot } from "./ops/gather.ts";
export { matmul } from "./ops/matmul.ts";
export { expand, flatten, permute, reshape, squeeze, transpose, unsqueeze } from "./ops/movement.ts";
export { avgPool2d, maxPool2d, type PoolingOptions } from "./ops/pooling.ts";
export {
  argmax,
  argmin,
  logsumexp,
  max,
  mean,
  min,
  norm,
  prod,
  type ReduceOptions,
  sum,
  sumTo,
  type VarianceOptions,
  variance,
} from "./ops/reduce.ts";
export { concat, flip, pad, type Range, select, slice, split, stack } from "./ops/slice.ts";
export { erf, erfc, normalCdf, sech } from "./ops/special.ts";
export {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expm1,
  log,
  log1p,
  log2,
  log10,
  pow,
  rsqrt,
  sin,
  sinh,
  sqrt,
  tan,
} from "./ops/transcendental.ts";
export { type WindowOptions, windows } from "./ops/windows.ts";
export { Generator } from "./random.ts";
export { Scalar, type ScalarLike } from "./scalar/expression.ts";
export { type Axes, broadcastShapes, type Shape } from "./shape.ts";
export {
  type NestedNumbers,
  type Node,
  type Op,
  type Rule,
  type Signature,
  Tensor,
  type TensorLike,
} from "./tensor.ts";
export { type GradientsOptions, type GradOptions, grad, gradients, valueAndGrad } from "./transforms.ts";
export { type Leaf, leavesOf, mapTree, type Tree } from "./tree.ts";
