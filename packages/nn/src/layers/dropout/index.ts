export { AlphaDropout, FeatureAlphaDropout } from "./alpha-dropout.ts";
export { Dropout1d, Dropout2d, Dropout3d } from "./channel-dropout.ts";
export { Dropout } from "./dropout.ts";
export type { DropoutOptions } from "./dropping.ts";
