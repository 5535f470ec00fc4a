import { add, mul, type Tensor } from "@isograd/autograd";
import * as nn from "@isograd/nn";
import { Applied, type LayerRow, plain } from "./row.ts";

const learnt = (
  name: string,
  make: () => nn.Module,
  shape: readonly number[],
  output: readonly number[],
): LayerRow => [name, make, shape, "weight bias", "", { output }];

/** What grows with the values and with the places of the maxima. */
const withPlaces = <P extends nn.Module<readonly [x: Tensor], nn.MaximaAndIndices>>(layer: P): nn.Module =>
  new Applied(layer, (pool, x) => {
    const [values, indices] = pool.call(x);
    return add(values, mul(values, indices));
  });

type Pool = nn.Module<readonly [x: Tensor], nn.MaximaAndIndices>;
type Unpool = nn.MaxUnpool1d | nn.MaxUnpool2d | nn.MaxUnpool3d;

/** Maxima put back where they came from. */
class ThereAndBack extends nn.Module {
  constructor(
    readonly pool: Pool,
    readonly unpool: Unpool,
  ) {
    super();
  }

  forward(x: Tensor): Tensor {
    const [values, indices] = this.pool.call(x);
    return this.unpool.call(values, indices, x.shape.slice(2));
  }
}

const f64 = { dtype: "f64" } as const;
const two = { kernelSize: 2 } as const;

/** Layers that know neighbours: convolutions, pooling, padding, resampling. */
export const spatialLayers: readonly LayerRow[] = [
  learnt(
    "Conv1d, same, reflected",
    () =>
      new nn.Conv1d({
        inChannels: 2,
        outChannels: 3,
        kernelSize: 2,
        padding: "same",
        paddingMode: "reflect",
        ...f64,
      }),
    [2, 2, 4],
    [2, 3, 4],
  ),
  learnt(
    "Conv2d without batch, circular",
    () =>
      new nn.Conv2d({
        inChannels: 1,
        outChannels: 2,
        kernelSize: [2, 1],
        padding: [1, 0],
        paddingMode: "circular",
        ...f64,
      }),
    [1, 3, 2],
    [2, 4, 2],
  ),
  learnt(
    "Conv3d, strided",
    () => new nn.Conv3d({ inChannels: 1, outChannels: 1, kernelSize: 2, stride: [1, 2, 1], ...f64 }),
    [1, 1, 2, 3, 3],
    [1, 1, 1, 1, 2],
  ),
  learnt(
    "ConvTranspose1d in groups",
    () =>
      new nn.ConvTranspose1d({
        inChannels: 4,
        outChannels: 2,
        kernelSize: 3,
        stride: 2,
        groups: 2,
        outputPadding: 1,
        ...f64,
      }),
    [1, 4, 2],
    [1, 2, 6],
  ),
  learnt(
    "ConvTranspose2d, dilated",
    () =>
      new nn.ConvTranspose2d({
        inChannels: 2,
        outChannels: 1,
        kernelSize: 2,
        dilation: [2, 1],
        padding: 1,
        ...f64,
      }),
    [1, 2, 2, 3],
    [1, 1, 2, 2],
  ),
  learnt(
    "ConvTranspose3d without batch",
    () => new nn.ConvTranspose3d({ inChannels: 1, outChannels: 2, kernelSize: [1, 2, 1], ...f64 }),
    [1, 2, 1, 2],
    [2, 2, 2, 2],
  ),
  plain("MaxPool1d", () => new nn.MaxPool1d({ ...two, ceilMode: true }), [2, 2, 5], [2, 2, 3]),
  plain("MaxPool2d, dilated", () => new nn.MaxPool2d({ ...two, dilation: 2 }), [1, 2, 3, 5], [1, 2, 1, 2]),
  plain("MaxPool3d", () => new nn.MaxPool3d({ kernelSize: [1, 2, 2] }), [1, 1, 2, 2, 4], [1, 1, 2, 1, 2]),
  plain(
    "MaxPool1dWithIndices",
    () => withPlaces(new nn.MaxPool1dWithIndices({ ...two, stride: 1 })),
    [1, 2, 4],
    [1, 2, 3],
  ),
  plain(
    "MaxPool2dWithIndices",
    () => withPlaces(new nn.MaxPool2dWithIndices(two)),
    [1, 2, 2, 4],
    [1, 2, 1, 2],
  ),
  plain(
    "MaxPool3dWithIndices",
    () => withPlaces(new nn.MaxPool3dWithIndices(two)),
    [1, 1, 2, 2, 4],
    [1, 1, 1, 1, 2],
  ),
  plain(
    "MaxUnpool1d",
    () => new ThereAndBack(new nn.MaxPool1dWithIndices(two), new nn.MaxUnpool1d(two)),
    [1, 2, 5],
  ),
  plain(
    "MaxUnpool2d",
    () => new ThereAndBack(new nn.MaxPool2dWithIndices(two), new nn.MaxUnpool2d(two)),
    [1, 1, 4, 3],
  ),
  plain(
    "MaxUnpool3d",
    () => new ThereAndBack(new nn.MaxPool3dWithIndices(two), new nn.MaxUnpool3d(two)),
    [1, 1, 2, 2, 2],
  ),
  plain(
    "AvgPool1d",
    () => new nn.AvgPool1d({ ...two, padding: 1, countIncludePad: false }),
    [2, 2, 4],
    [2, 2, 3],
  ),
  plain("AvgPool2d", () => new nn.AvgPool2d({ ...two, divisorOverride: 3 }), [1, 2, 4, 2], [1, 2, 2, 1]),
  plain("AvgPool3d", () => new nn.AvgPool3d({ ...two, stride: 1 }), [1, 1, 2, 3, 2], [1, 1, 1, 2, 1]),
  plain("LPPool1d", () => new nn.LPPool1d({ normType: 2, ...two }), [1, 2, 4], [1, 2, 2]),
  plain("LPPool2d", () => new nn.LPPool2d({ normType: 4, ...two }), [1, 1, 2, 4], [1, 1, 1, 2]),
  plain("AdaptiveAvgPool1d", () => new nn.AdaptiveAvgPool1d({ outputSize: 3 }), [1, 2, 5], [1, 2, 3]),
  plain(
    "AdaptiveAvgPool2d",
    () => new nn.AdaptiveAvgPool2d({ outputSize: [null, 2] }),
    [1, 2, 2, 3],
    [1, 2, 2, 2],
  ),
  plain(
    "AdaptiveAvgPool3d",
    () => new nn.AdaptiveAvgPool3d({ outputSize: 1 }),
    [1, 2, 2, 1, 3],
    [1, 2, 1, 1, 1],
  ),
  plain("AdaptiveMaxPool1d", () => new nn.AdaptiveMaxPool1d({ outputSize: 3 }), [1, 2, 5], [1, 2, 3]),
  plain(
    "AdaptiveMaxPool2d",
    () => new nn.AdaptiveMaxPool2d({ outputSize: [1, 2] }),
    [1, 2, 2, 3],
    [1, 2, 1, 2],
  ),
  plain(
    "AdaptiveMaxPool3d",
    () => new nn.AdaptiveMaxPool3d({ outputSize: 1 }),
    [1, 2, 2, 1, 3],
    [1, 2, 1, 1, 1],
  ),
  plain(
    "AdaptiveMaxPool1dWithIndices",
    () => withPlaces(new nn.AdaptiveMaxPool1dWithIndices({ outputSize: 2 })),
    [1, 1, 3],
    [1, 1, 2],
  ),
  plain(
    "AdaptiveMaxPool2dWithIndices",
    () => withPlaces(new nn.AdaptiveMaxPool2dWithIndices({ outputSize: 2 })),
    [1, 1, 2, 3],
    [1, 1, 2, 2],
  ),
  plain(
    "AdaptiveMaxPool3dWithIndices",
    () => withPlaces(new nn.AdaptiveMaxPool3dWithIndices({ outputSize: [1, 2, 1] })),
    [1, 1, 2, 2, 1],
    [1, 1, 1, 2, 1],
  ),
  plain("GlobalAvgPool", () => new nn.GlobalAvgPool(), [2, 3, 2, 2], [2, 3]),
  plain("GlobalMaxPool", () => new nn.GlobalMaxPool(), [2, 3, 4], [2, 3]),
  plain("ConstantPad1d", () => new nn.ConstantPad1d({ padding: [[1, 2]], value: 3 }), [1, 2, 2], [1, 2, 5]),
  plain(
    "ConstantPad2d",
    () => new nn.ConstantPad2d({ padding: [[-1, 0], [1, 1]], value: -1 }), // biome-ignore format: pairs
    [1, 2, 2, 2],
    [1, 2, 1, 4],
  ),
  plain("ConstantPad3d", () => new nn.ConstantPad3d({ padding: 1, value: 2 }), [1, 1, 1, 1], [1, 3, 3, 3]),
  plain("ZeroPad1d", () => new nn.ZeroPad1d({ padding: 1 }), [1, 2, 2], [1, 2, 4]),
  plain("ZeroPad2d", () => new nn.ZeroPad2d({ padding: 1 }), [2, 1, 2], [2, 3, 4]),
  plain("ZeroPad3d", () => new nn.ZeroPad3d({ padding: 1 }), [1, 1, 1, 1, 2], [1, 1, 3, 3, 4]),
  plain("ReflectionPad1d", () => new nn.ReflectionPad1d({ padding: 2 }), [1, 2, 3], [1, 2, 7]),
  plain("ReflectionPad2d", () => new nn.ReflectionPad2d({ padding: 1 }), [1, 1, 2, 3], [1, 1, 4, 5]),
  plain("ReflectionPad3d", () => new nn.ReflectionPad3d({ padding: 1 }), [1, 2, 2, 2], [1, 4, 4, 4]),
  plain("ReplicationPad1d", () => new nn.ReplicationPad1d({ padding: 2 }), [1, 2, 2], [1, 2, 6]),
  plain("ReplicationPad2d", () => new nn.ReplicationPad2d({ padding: 1 }), [1, 1, 2, 3], [1, 1, 4, 5]),
  plain("ReplicationPad3d", () => new nn.ReplicationPad3d({ padding: 1 }), [1, 1, 1, 2], [1, 3, 3, 4]),
  plain("CircularPad1d", () => new nn.CircularPad1d({ padding: 2 }), [1, 2, 2], [1, 2, 6]),
  plain("CircularPad2d", () => new nn.CircularPad2d({ padding: 1 }), [1, 1, 2, 3], [1, 1, 4, 5]),
  plain("CircularPad3d", () => new nn.CircularPad3d({ padding: 1 }), [1, 1, 1, 2], [1, 3, 3, 4]),
  plain("Upsample", () => new nn.Upsample({ scaleFactor: 2, mode: "linear" }), [1, 2, 3], [1, 2, 6]),
  plain("UpsamplingNearest2d", () => new nn.UpsamplingNearest2d({ size: 3 }), [1, 1, 2, 2], [1, 1, 3, 3]),
  plain(
    "UpsamplingBilinear2d",
    () => new nn.UpsamplingBilinear2d({ scaleFactor: 2 }),
    [1, 1, 2, 2],
    [1, 1, 4, 4],
  ),
  plain("Unfold", () => new nn.Unfold({ ...two, padding: 1 }), [1, 2, 2, 2], [1, 8, 9]),
  plain("Fold", () => new nn.Fold({ ...two, outputSize: [3, 2] }), [1, 4, 2], [1, 1, 3, 2]),
  plain("PixelShuffle", () => new nn.PixelShuffle({ upscaleFactor: 2 }), [1, 4, 1, 2], [1, 1, 2, 4]),
  plain("PixelUnshuffle", () => new nn.PixelUnshuffle({ downscaleFactor: 2 }), [1, 2, 4], [4, 1, 2]),
  plain("ChannelShuffle", () => new nn.ChannelShuffle({ groups: 2 }), [2, 4, 2]),
];
