import { type Generator, reshape, stopGradient, type Tensor, zeros } from "@isograd/autograd";
import { Dropout, Embedding, Linear, LSTM, type LSTMState, Module } from "@isograd/nn";

export interface LstmSizes {
  readonly alphabet: number;
  readonly embedding: number;
  readonly hidden: number;
  readonly layers: number;
  /** How likely, in training, what an LSTM layer shows is to become 0. */
  readonly dropout: number;
}

/** What an LSTM makes of texts. */
export interface Reading {
  /** Of the character behind each one: [time · batch, alphabet]. */
  readonly logits: Tensor;
  readonly state: LSTMState;
}

/** Reads texts [time, batch] character by character, from a state (default: zeros), and says what comes next. */
export class CharacterLstm extends Module<readonly [x: Tensor, state?: LSTMState | null], Reading> {
  readonly embedding: Embedding;
  readonly lstm: LSTM;
  readonly dropout: Dropout;
  readonly output: Linear;

  constructor({ alphabet, embedding, hidden, layers, dropout }: LstmSizes, generator: Generator) {
    super();
    this.embedding = new Embedding({ numEmbeddings: alphabet, embeddingDim: embedding, generator });
    this.lstm = new LSTM({
      inputSize: embedding,
      hiddenSize: hidden,
      numLayers: layers,
      dropout,
      forgetBias: 1,
      generator,
    });
    this.dropout = new Dropout({ probability: dropout, generator: generator.fork("dropout") });
    this.output = new Linear({ inFeatures: hidden, outFeatures: alphabet, generator });
  }

  forward(x: Tensor, before: LSTMState | null = null): Reading {
    const { output, state } = this.lstm.call(this.embedding.call(x), before);
    const [time, batch, hidden] = output.shape;
    const rows = reshape(this.dropout.call(output), [time * batch, hidden]);
    return { logits: this.output.call(rows), state };
  }
}

/**
 * Reads on where the call before stopped: truncated back-propagation through time. The state is carried over, its history is not, so that gradients reach
 * back to the beginning of the piece alone.
 *
 * The state is held as tensors that nothing learns, so that a checkpoint has it too.
 */
export class ReadOn extends Module {
  state: LSTMState;

  /** @param batch how many texts are read side by side */
  constructor(
    readonly model: CharacterLstm,
    readonly batch: number,
  ) {
    super();
    this.state = this.#beginning();
  }

  forward(x: Tensor): Tensor {
    const { logits, state } = this.model.call(x, this.state);
    this.state = { hidden: stopGradient(state.hidden), cell: stopGradient(state.cell) };
    return logits;
  }

  /** Forgets what was read. */
  restart(): void {
    this.state = this.#beginning();
  }

  #beginning(): LSTMState {
    const { layers } = this.model.lstm;
    const [width] = layers[0].forward.widths;
    const shape = [layers.length, this.batch, width];
    return { hidden: zeros(shape), cell: zeros(shape) };
  }
}
