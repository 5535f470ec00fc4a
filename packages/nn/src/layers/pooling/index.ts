export {
  AdaptiveAvgPool1d,
  AdaptiveAvgPool2d,
  AdaptiveAvgPool3d,
  type AdaptivePoolOptions,
} from "./adaptive-average-pooling.ts";
export {
  AdaptiveMaxPool1d,
  AdaptiveMaxPool1dWithIndices,
  AdaptiveMaxPool2d,
  AdaptiveMaxPool2dWithIndices,
  AdaptiveMaxPool3d,
  AdaptiveMaxPool3dWithIndices,
} from "./adaptive-max-pooling.ts";
export {
  AvgPool1d,
  type AvgPool1dOptions,
  AvgPool2d,
  type AvgPool2dOptions,
  AvgPool3d,
  type AvgPool3dOptions,
  type AvgPoolOptions,
} from "./average-pooling.ts";
export { GlobalAvgPool, GlobalMaxPool } from "./global-pooling.ts";
export {
  MaxPool1d,
  type MaxPool1dOptions,
  MaxPool2d,
  type MaxPool2dOptions,
  MaxPool3d,
  type MaxPool3dOptions,
  type MaxPoolOptions,
} from "./max-pooling.ts";
export {
  type MaximaAndIndices,
  MaxPool1dWithIndices,
  MaxPool2dWithIndices,
  MaxPool3dWithIndices,
} from "./max-pooling-with-indices.ts";
export type { PoolOptions } from "./pooling.ts";
export { LPPool1d, LPPool2d, type LPPoolOptions } from "./power-pooling.ts";
export { MaxUnpool1d, MaxUnpool2d, MaxUnpool3d, type MaxUnpoolOptions } from "./unpooling.ts";
