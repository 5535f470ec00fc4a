export { type ConvolutionOptions, conv2d } from "./convolution.ts";
export { avgPool2d, maxPool2d, type PoolingOptions } from "./pooling.ts";
export { type WindowOptions, windows } from "./windows.ts";
