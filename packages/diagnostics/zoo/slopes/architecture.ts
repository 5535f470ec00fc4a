import type { Generator, Tensor } from "@isograd/autograd";

/** A random network, with what theory says of the gradients that go back through it. */
export interface Architecture {
  readonly kind: "plain" | "narrow" | "batch norm" | "residual" | "convolution";
  readonly name: string;
  /** Products with weights; blocks of a residual network. */
  readonly depth: number;
  readonly width: number;
  /**
   * What is compared. `squares`: the log of the mean of |gradient first|²/|gradient last|², which theory predicts for wide networks. `logs`: the
   * mean of its logs, which lies lower in narrow ones, by half of their variance.
   */
  readonly average: "squares" | "logs";
  /** Of that, over all layers. */
  readonly predicted: number;
  /**
   * Whether the deviation from width without bound is larger than the noise of any number of draws. Then networks twice as wide are drawn as well,
   * and a deviation that falls by half is taken off.
   */
  readonly isExtrapolated: boolean;
  readonly draw: (generator: Generator) => DrawnNetwork;
  /** The same, twice as wide. */
  readonly wider: () => Architecture;
}

export interface DrawnNetwork {
  readonly input: Tensor;
  readonly run: (x: Tensor) => Tensor;
}
