import type { Tensor } from "@isograd/autograd";
import { calculateGain } from "./gain.ts";
import { type Fans, type Initializer, type Slot, slotFans } from "./initializer.ts";
import { drawNormal, drawUniform } from "./random.ts";

export interface GainOptions {
  /** A factor on the weights; see `calculateGain`. */
  readonly gain?: number;
}

export interface FanOptions extends GainOptions {
  /** Which fan to keep the variance over: the signal's going forward (default), or the gradient's going back. */
  readonly mode?: "fanIn" | "fanOut";
}

/** A standard deviation of gain / √fan; nothing to spread over gives 0. */
const deviation = (gain: number, fan: number): number => (fan > 0 ? gain / Math.sqrt(fan) : 0);

const byNormal = (gain: number, fan: (fans: Fans) => number): Initializer => {
  return (slot) => drawNormal(slot, 0, deviation(gain, fan(slotFans(slot))));
};

/** Uniform numbers within ±√3 standard deviations have the wanted one. */
const uniformOf = (slot: Slot, gain: number, fan: number): Tensor => {
  const bound = Math.sqrt(3) * deviation(gain, fan);
  return drawUniform(slot, -bound, bound);
};

const byUniform = (gain: number, fan: (fans: Fans) => number): Initializer => {
  return (slot) => uniformOf(slot, gain, fan(slotFans(slot)));
};

const middle = ({ fanIn, fanOut }: Fans): number => (fanIn + fanOut) / 2;

/** N(0, gain² · 2/(fanIn + fanOut)). @see Glorot, Bengio 2010; torch.nn.init.xavier_normal_ */
export const xavierNormal = ({ gain = 1 }: GainOptions = {}): Initializer => byNormal(gain, middle);

/** Uniform with variance gain² · 2/(fanIn + fanOut). @see Glorot, Bengio 2010; torch.nn.init.xavier_uniform_ */
export const xavierUniform = ({ gain = 1 }: GainOptions = {}): Initializer => byUniform(gain, middle);

/** N(0, gain²/fan), gain √2 for ReLU by default. @see He et al. 2015, "Delving deep into rectifiers"; torch.nn.init.kaiming_normal_ */
export const heNormal = ({ gain = calculateGain("relu"), mode = "fanIn" }: FanOptions = {}): Initializer =>
  byNormal(gain, (fans) => fans[mode]);

/** Uniform with variance gain²/fan, gain √2 for ReLU by default. @see He et al. 2015; torch.nn.init.kaiming_uniform_ */
export const heUniform = ({ gain = calculateGain("relu"), mode = "fanIn" }: FanOptions = {}): Initializer =>
  byUniform(gain, (fans) => fans[mode]);

/** N(0, 1/fanIn), for self-normalising networks. @see LeCun et al. 1998, "Efficient backprop"; Klambauer et al. 2017 */
export const lecunNormal = (): Initializer => byNormal(1, ({ fanIn }) => fanIn);

/** Uniform with variance 1/fanIn. @see LeCun et al. 1998, "Efficient backprop" */
export const lecunUniform = (): Initializer => byUniform(1, ({ fanIn }) => fanIn);

/** Uniform within ±1/√fanIn: how PyTorch's linear and convolution layers begin, weights and biases. */
export const fanInUniform: Initializer = (slot) => uniformOf(slot, 1 / Math.sqrt(3), slotFans(slot).fanIn);
