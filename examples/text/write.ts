import { div, type Generator, noGrad, softmax, type Tensor } from "@isograd/autograd";

/** Takes the next character of a text, and gives logits for what comes behind it, [1, alphabet]; it remembers what came before. */
export type Voice = (character: number) => Tensor;

export interface WriteOptions {
  /** What the text begins with. */
  readonly prompt: Int32Array;
  /** How many characters are written behind it. */
  readonly length: number;
  /** By what logits are divided: below 1, what is likely becomes likelier. */
  readonly temperature: number;
  readonly generator: Generator;
}

/** Draws character by character from what a voice thinks comes next. @returns what stands behind the prompt */
export function write(voice: Voice, { prompt, length, temperature, generator }: WriteOptions): number[] {
  return noGrad(() => {
    let logits: Tensor | null = null;
    for (const character of prompt) logits = voice(character);
    if (logits === null) throw new RangeError("write: expected a prompt of at least one character");
    const written: number[] = [];
    while (written.length < length) {
      const next = draw(softmax(div(logits, temperature)).values(), generator);
      written.push(next);
      logits = voice(next);
    }
    return written;
  });
}

/** A place drawn as likely as `probabilities` say. */
function draw(probabilities: ArrayLike<number>, generator: Generator): number {
  let left = generator.uniform();
  for (let place = 0; place < probabilities.length; place++) {
    left -= probabilities[place];
    if (left < 0) return place;
  }
  return probabilities.length - 1; // rounding: the probabilities may sum up to a little less than 1
}
