export { type Activation, type ActivationDefinition, defineActivation } from "./activations/define.ts";
export { gelu, geluTanh, hardSwish, mish, silu, swish } from "./activations/gated-linear.ts";
export { type Composite, defineGate, type Gate, geglu, glu, swiglu } from "./activations/gates.ts";
export { type RreluOptions, rrelu } from "./activations/randomized.ts";
export {
  celu,
  elu,
  leakyRelu,
  prelu,
  relu,
  relu6,
  selu,
  softplus,
  threshold,
} from "./activations/rectified.ts";
export {
  type ActivationName,
  type ActivationRegistry,
  activationByName,
  activationNames,
  activations,
  compositeActivations,
  registerActivation,
} from "./activations/registry.ts";
export { hardshrink, softshrink, tanhshrink } from "./activations/shrinking.ts";
export { hardSigmoid, hardtanh, logSigmoid, sigmoid, softsign, tanh } from "./activations/sigmoidal.ts";
export { logSoftmax, type SoftmaxOptions, softmax, softmin } from "./activations/softmax.ts";
export { detectAnomaly } from "./anomaly.ts";
export { type BackwardOptions, backward, type SweepOptions } from "./backward.ts";
export { enableGrad, noGrad, withScope } from "./context.ts";
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
export * from "./functional/index.ts";
export { assertGradients, GradientMismatchError } from "./gradcheck/assert.ts";
export { checkGradients, type GradientCheckOptions } from "./gradcheck/check.ts";
export {
  type ContractReport,
  type ContractViolation,
  checkOpContract,
  describeContract,
  type OpContractOptions,
  type OpFunction,
  type OpSample,
} from "./gradcheck/contract.ts";
export type { OpLaw } from "./gradcheck/laws/laws.ts";
export {
  describeReport,
  type GradientFailure,
  type GradientReport,
  type Suspect,
} from "./gradcheck/report.ts";
export {
  type DescribedNode,
  type DescribedPlace,
  describeGraph,
  type GraphDescription,
  graphToJson,
} from "./graph/describe.ts";
export { graphToDot } from "./graph/dot.ts";
export { type GraphMeasure, measureGraph, type ScopedGraphMeasure } from "./graph/measure.ts";
export { graphToMermaid } from "./graph/mermaid.ts";
export { printGraph } from "./graph/print.ts";
export { graphNodes } from "./graph.ts";
export {
  type CotangentEvent,
  type NodeCalls,
  type ObservedEvent,
  type Observer,
  type OperationEvent,
  observe,
  onAccumulate,
  onGradient,
  onNode,
  retainGrad,
  type SweepEvent,
} from "./hooks.ts";
export { type FusedLoop, fusedLoop } from "./kernels/fused-loop.ts";
export { largestMagnitude, sumOfSquares } from "./kernels/magnitudes.ts";
export { isDeterministic, setDeterministic } from "./kernels/wasm/rounding.ts";
export { setThreads, type Threads, threads } from "./kernels/wasm/threads/setting.ts";
export { everyValue } from "./mapped.ts";
export type { ActivationFacts, CriticalPoint, GaussianMoments, Sides } from "./numerics/activation-facts.ts";
export { binomialTail } from "./numerics/binomial.ts";
export { normalTail } from "./numerics/normal.ts";
export { studentTTail } from "./numerics/student-t.ts";
export { apply, applyMany, defineOp } from "./op.ts";
export * from "./ops/elementwise/index.ts";
export * from "./ops/indexing/index.ts";
export * from "./ops/linalg/index.ts";
export * from "./ops/movement/index.ts";
export * from "./ops/products/index.ts";
export * from "./ops/reductions/index.ts";
export * from "./ops/spatial/index.ts";
export { Generator } from "./random.ts";
export type { Handle } from "./registration.ts";
export { Scalar, type ScalarLike } from "./scalar/expression.ts";
export { type Axes, broadcastShapes, type Shape } from "./shape.ts";
export type {
  BroadcastShape,
  MatmulShape,
  Misfit,
  PermutedShape,
  ReducedShape,
  ReshapedShape,
  TransposedShape,
  UnknownShape,
} from "./static-shape.ts";
export {
  type BatchRule,
  type Cotangents,
  type NestedNumbers,
  type Node,
  type Op,
  type Rule,
  type Signature,
  type TangentRule,
  Tensor,
  type TensorLike,
} from "./tensor.ts";
export { checkpoint } from "./transforms/checkpoint.ts";
export { type CustomOp, customOp } from "./transforms/custom-op.ts";
export { type AuxOptions, type GradientOf, type GradOptions, grad, valueAndGrad } from "./transforms/grad.ts";
export { type GradientsOptions, gradients } from "./transforms/gradients.ts";
export { hessian, hvp, type JacobianOf, type JacobianOptions, jacobian } from "./transforms/jacobian.ts";
export { jvp, linearize } from "./transforms/jvp.ts";
export { vjp } from "./transforms/vjp.ts";
export { type MappedAxes, type VmapOptions, vmap } from "./transforms/vmap.ts";
export { type Leaf, leavesOf, mapTree, type Tree } from "./tree.ts";
