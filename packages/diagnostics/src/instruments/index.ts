export type { Estimate } from "./estimate.ts";
export { type GradientConfusion, gradientConfusion } from "./gradient-confusion.ts";
export { type GradientNoise, gradientNoise, type ParameterNoise } from "./gradient-noise.ts";
export type { GradientGroupOptions } from "./gradient-products.ts";
export { type HessianTraceOptions, hessianTrace } from "./hessian-trace.ts";
export {
  type JacobianSpectrum,
  type JacobianSpectrumOptions,
  jacobianSpectrum,
} from "./jacobian-spectrum.ts";
export { type LayerJacobian, layerJacobians } from "./layer-jacobians.ts";
export { type BatchNorms, noiseScaleFromNorms } from "./noise-scale.ts";
export type { NoiseStatistics } from "./noise-statistics.ts";
export {
  type LayerRepresentation,
  type RepresentationMap,
  type RepresentationOptions,
  representationMap,
} from "./representation-map.ts";
export { type Curvature, type Sharpness, type SharpnessOptions, sharpness } from "./sharpness.ts";
export type { SingularValueOptions, SingularValues } from "./singular-values.ts";
export { type SpectralDensity, type SpectralDensityOptions, spectralDensity } from "./spectral-density.ts";
export { type StepRule, stabilityThreshold } from "./stability.ts";
export type { UnitCorrelation } from "./unit-correlation.ts";
