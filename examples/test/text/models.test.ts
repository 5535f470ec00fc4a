import { backward, fromData, Generator, noGrad, sum, type Tensor } from "@isograd/autograd";
import { describe, expect, it } from "vitest";
import { CharacterLstm, ReadOn } from "../../text/lstm.ts";
import { CharacterTransformer } from "../../text/transformer.ts";
import { write } from "../../text/write.ts";

const indices = (values: number[], shape: number[]): Tensor => fromData(Int32Array.from(values), shape);

describe("the LSTM", () => {
  const make = () =>
    new CharacterLstm({ alphabet: 5, embedding: 3, hidden: 4, layers: 2, dropout: 0 }, new Generator(2));

  it("reads a text in pieces as it reads it at once", () => {
    const model = make();
    const characters = [0, 3, 1, 4, 2, 2, 0, 1, 3, 4, 1, 0];
    const whole = model.call(indices(characters, [6, 2])).logits.values();
    const reader = new ReadOn(model, 2);
    const pieces = [0, 1, 2].flatMap((k) => [
      ...reader.call(indices(characters.slice(4 * k, 4 * k + 4), [2, 2])).values(),
    ]);
    pieces.forEach((logit, k) => {
      expect(logit).toBeCloseTo(whole[k], 6);
    });
    reader.restart();
    const anew = reader.call(indices(characters.slice(0, 4), [2, 2])).values();
    expect([...anew]).toEqual(pieces.slice(0, anew.length));
  });

  it("lets gradients reach back to the beginning of a piece alone, and learns nothing but its weights", () => {
    const model = make();
    const reader = new ReadOn(model, 1);
    const row = (): unknown => ((model.embedding.weight.grad as Tensor).toArray() as number[][])[3];
    reader.call(indices([3], [1, 1]));
    backward(sum(reader.call(indices([1], [1, 1]))));
    expect(row()).toEqual([0, 0, 0]);
    expect(reader.namedParameters().some(({ path }) => path.startsWith("state"))).toBe(false);
    expect(reader.namedBuffers().map(({ path }) => path)).toEqual(["state.hidden", "state.cell"]);
  });
});

describe("the transformer", () => {
  const model = new CharacterTransformer(
    { alphabet: 5, features: 8, reach: 2, heads: 2, layers: 2, dropout: 0 },
    new Generator(3),
  );

  it("sees what comes before a character alone", () => {
    const [one, other] = [
      [0, 3, 1, 4, 2, 2],
      [0, 3, 1, 4, 0, 1],
    ].map((text) => model.call(indices(text, [1, 6])).toArray() as number[][]);
    expect(one.slice(0, 4)).toEqual(other.slice(0, 4));
    expect(one[4]).not.toEqual(other[4]);
  });

  it("gives the logits of the last positions", () => {
    const x = indices([0, 3, 1, 4, 2, 2], [2, 3]);
    const all = model.call(x).toArray() as number[][];
    const last = model.call(x, 1).toArray() as number[][];
    expect(last.map((row) => row.map((logit) => logit.toFixed(5)))).toEqual(
      [all[2], all[5]].map((row) => row.map((logit) => logit.toFixed(5))),
    );
  });
});

describe("writing", () => {
  const options = { prompt: Int32Array.of(0), length: 1500, generator: new Generator(4) };
  // Whatever came before: 1 three times as likely as 0.
  const voice = () => fromData(Float32Array.of(0, Math.log(3)), [1, 2]);

  it("draws as often as the probabilities say, at any temperature", () => {
    const shareOfOnes = (temperature: number): number =>
      noGrad(() => write(voice, { ...options, temperature }).reduce((total, next) => total + next, 0)) / 1500;
    expect(shareOfOnes(1)).toBeCloseTo(3 / 4, 1);
    expect(shareOfOnes(1 / 2)).toBeCloseTo(9 / 10, 1);
    expect(shareOfOnes(1e-3)).toBe(1);
  });

  it("hands on what it wrote", () => {
    const heard: number[] = [];
    const written = write(
      (character) => {
        heard.push(character);
        return fromData(Float32Array.of(character === 0 ? -1000 : 1000, 0), [1, 2]);
      },
      { ...options, length: 3, temperature: 1 },
    );
    expect(written).toEqual([1, 0, 1]);
    expect(heard).toEqual([0, 1, 0, 1]);
  });
});
