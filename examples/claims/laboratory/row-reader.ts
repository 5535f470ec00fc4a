import { type Generator, permute, relu, reshape, type Tensor } from "@isograd/autograd";
import { type Initializer, Linear, Module, RNN, zeros } from "@isograd/nn";

const rows = 14;
const hiddenSize = 32;

/** Reads a picture [n, 196] row by row through ReLUs, and names it after the last one [n, 10]. */
export class RowReader extends Module {
  readonly reader: RNN;
  readonly head: Linear;

  constructor(hiddenInit: Initializer, generator: Generator) {
    super();
    const common = { biasInit: zeros, generator };
    this.reader = new RNN({ ...common, inputSize: rows, hiddenSize, hiddenInit, nonlinearity: relu });
    this.head = new Linear({ ...common, inFeatures: hiddenSize, outFeatures: 10 });
  }

  forward(pictures: Tensor): Tensor {
    const inTime = permute(reshape(pictures, [-1, rows, rows]), [1, 0, 2]);
    const { state } = this.reader.call(inTime);
    return this.head.call(reshape(state, [-1, hiddenSize]));
  }
}
