import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ArgumentError } from "../src/errors.ts";
import { gammaIncUpper } from "../src/numerics/gamma-inc.ts";
import { normalCdf, normalTail } from "../src/numerics/normal.ts";
import { Generator, witnessDraws } from "../src/random.ts";

const seed = fc.oneof(fc.integer(), fc.string());
const draws = (generator: Generator, count: number): number[] =>
  Array.from({ length: count }, () => generator.uniform());

/** How likely a χ² statistic of these counts is to be exceeded when all bins are equally likely. */
function probabilityOf(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length;
  const statistic = all.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return gammaIncUpper((all.length - 1) / 2, statistic / 2);
}

// The seeds are fixed: a test passes always or never. Each bound leaves a right generator less than one chance in a million to fail.
const unlikely = 1e-6;
const deviations = 5;

describe("streams", () => {
  it("depend on the seed alone", () => {
    fc.assert(
      fc.property(seed, (s) => {
        expect(draws(new Generator(s), 5)).toEqual(draws(new Generator(s), 5));
        expect(draws(new Generator(s), 5)).not.toEqual(draws(new Generator(`${s}.`), 5));
      }),
    );
    expect(draws(new Generator(7), 3)).toEqual(draws(new Generator("7"), 3));
    expect(draws(new Generator(7), 3)).toMatchInlineSnapshot(`
      [
        0.08506524277832705,
        0.4315506686467008,
        0.35080878870740484,
      ]
    `);
  });

  it("fork by path, whatever was drawn before", () => {
    fc.assert(
      fc.property(seed, fc.string({ minLength: 1 }), fc.nat(20), (s, path, before) => {
        const [fresh, used] = [new Generator(s), new Generator(s)];
        draws(used, before);
        used.normal();
        expect(draws(used.fork(path), 5)).toEqual(draws(fresh.fork(path), 5));
        expect(draws(fresh.fork(path).fork("bias"), 3)).toEqual(draws(fresh.fork(`${path}/bias`), 3));
      }),
    );
    expect(() => new Generator(1).fork("")).toThrow(`Generator.fork: expected a path, got ""`);
  });

  it("are not correlated with their forks, their siblings or their neighbours, and share no draws", () => {
    const count = 2 ** 14;
    const root = new Generator(3);
    const streams = [
      root,
      root.fork("0"),
      root.fork("1"),
      root.fork("0/weight"),
      new Generator(4),
      new Generator("3 "),
    ];
    const columns = streams.map((stream) => draws(stream, count));
    for (const [i, x] of columns.entries())
      for (const y of columns.slice(i + 1)) {
        let product = 0;
        for (let k = 0; k < count; k++) product += (x[k] - 0.5) * (y[k] - 0.5);
        expect(Math.abs(product * 12) / Math.sqrt(count)).toBeLessThan(deviations);
      }
    expect(new Set(columns.flat()).size).toBe(columns.length * count);
  });

  it("start anywhere: the first draws of 10,000 neighbouring seeds are even", () => {
    const counts = new Uint32Array(100);
    for (let s = 0; s < 10_000; s++) counts[Math.floor(new Generator(s).uniform() * 100)]++;
    expect(probabilityOf(counts)).toBeGreaterThan(unlikely);
  });

  it("go on from a state that went through JSON, and from a clone", () => {
    const generator = new Generator("checkpoint");
    generator.fillNormal(new Float64Array(100));
    const restored = Generator.fromState(JSON.parse(JSON.stringify(generator.state)));
    const clone = generator.clone();
    const next = draws(generator, 10);
    expect(draws(restored, 10)).toEqual(next);
    expect(draws(clone, 10)).toEqual(next);
    expect(restored.fork("a").uniform()).toBe(generator.fork("a").uniform());
  });

  it("go on from a state that is assigned, under its seed", () => {
    const [one, other] = [new Generator("one"), new Generator("other")];
    draws(one, 3);
    other.state = one.state;
    expect([other.seed, draws(other, 10)]).toEqual(["one", draws(one, 10)]);
    expect(other.fork("a").uniform()).toBe(one.fork("a").uniform());
    const before = other.state;
    for (const state of [{ seed: "2", words: [0, 0, 0, 0] }, { seed: 2, words: [1, 2, 3, 4] }, {}])
      expect(() => Object.assign(other, { state })).toThrow(/Generator.state: expected/);
    expect(other.state).toEqual(before);
  });

  it("refuse what is no seed and no state", () => {
    expect(() => new Generator(Number.NaN)).toThrow(
      "Generator: expected a seed that is text or a finite number, got NaN",
    );
    for (const words of [
      [1, 2, 3],
      [0, 0, 0, 0],
      [1, 2, 3, 0.5],
      [1, 2, 3, 2 ** 32],
    ])
      expect(() => Generator.fromState({ seed: "1", words })).toThrow(ArgumentError);
  });
});

describe("uniform", () => {
  it("is even over [0, 1), in each of its 53 bits", () => {
    const generator = new Generator(11);
    const [bins, bits] = [new Uint32Array(256), new Uint32Array(53)];
    const count = 2 ** 16;
    for (let k = 0; k < count; k++) {
      const draw = generator.uniform();
      bins[Math.floor(draw * 256)]++;
      for (let bit = 0; bit < 53; bit++) bits[bit] += Math.floor(draw * 2 ** (bit + 1)) % 2;
    }
    expect(probabilityOf(bins)).toBeGreaterThan(unlikely);
    for (const ones of bits)
      expect(Math.abs(ones - count / 2) / Math.sqrt(count / 4)).toBeLessThan(deviations);
  });

  it("fills arrays with the same draws, and single precision below 1", () => {
    const doubles = new Float64Array(100);
    new Generator(5).fillUniform(doubles);
    expect([...doubles]).toEqual(draws(new Generator(5), 100));
    const singles = new Float32Array(2 ** 17);
    new Generator(5).fillUniform(singles);
    expect(Math.max(...singles.subarray(0, 60_000))).toBeLessThan(1);
    const counts = new Uint32Array(64);
    for (const x of singles) counts[Math.floor(x * 64)]++;
    expect(probabilityOf(counts)).toBeGreaterThan(unlikely);
  });
});

describe("normal", () => {
  const count = 2 ** 18;
  const sample = new Float64Array(count);
  new Generator("normal").fillNormal(sample);

  it("follows the normal law bin by bin", () => {
    const counts = new Uint32Array(512);
    for (const x of sample) counts[Math.min(511, Math.floor(normalCdf(x) * 512))]++;
    expect(probabilityOf(counts)).toBeGreaterThan(unlikely);
  });

  it.each([
    [1, 0, 1],
    [2, 1, 2],
    [3, 0, 15],
    [4, 3, 96],
    [6, 15, 10_170],
  ])("has moment %d near %d", (power, mean, variance) => {
    const moment = sample.reduce((sum, x) => sum + x ** power, 0) / count;
    expect(Math.abs(moment - mean) / Math.sqrt(variance / count)).toBeLessThan(deviations);
  });

  it("has both tails, where another algorithm draws", () => {
    const start = 3.6541528853610088;
    const generator = new Generator("tails");
    let [below, above] = [0, 0];
    const many = 2_000_000;
    for (let k = 0; k < many; k++) {
      const x = generator.normal();
      if (x < -start) below++;
      if (x > start) above++;
    }
    const expected = many * normalTail(start);
    for (const tail of [below, above])
      expect(Math.abs(tail - expected) / Math.sqrt(expected)).toBeLessThan(deviations);
  });

  it("fills single precision with the same draws, rounded", () => {
    const singles = new Float32Array(1000);
    new Generator("normal").fillNormal(singles);
    expect([...singles]).toEqual([...sample.subarray(0, 1000)].map(Math.fround));
  });
});

describe("integer", () => {
  it("is even for sizes around powers of two", () => {
    const generator = new Generator(17);
    for (const n of [1, 2, 3, 7, 8, 9, 100]) {
      const counts = new Uint32Array(n);
      for (let k = 0; k < 400 * n; k++) counts[generator.integer(n)]++;
      if (n > 1) expect(probabilityOf(counts)).toBeGreaterThan(unlikely);
    }
  });

  it("is even beyond 32 bits", () => {
    const generator = new Generator(18);
    for (const n of [2 ** 32, 2 ** 32 + 1, 3 * 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      const counts = new Uint32Array(16);
      for (let k = 0; k < 4000; k++) {
        const draw = generator.integer(n);
        expect(Number.isInteger(draw) && draw >= 0 && draw < n).toBe(true);
        counts[Math.floor((draw / n) * 16)]++;
      }
      expect(probabilityOf(counts)).toBeGreaterThan(unlikely);
    }
  });

  it("refuses what is no size", () => {
    for (const n of [0, -1, 1.5, 2 ** 53, Number.NaN])
      expect(() => new Generator(1).integer(n)).toThrow(ArgumentError);
  });
});

describe("permutation", () => {
  it("holds every number once", () => {
    fc.assert(
      fc.property(seed, fc.nat(200), (s, n) => {
        const order = new Generator(s).permutation(n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k));
      }),
    );
    expect(() => new Generator(1).permutation(-1)).toThrow(ArgumentError);
  });

  it("gives each of the 120 orders of five alike", () => {
    const generator = new Generator(23);
    const counts = new Map<string, number>();
    for (let k = 0; k < 24_000; k++) {
      const order = generator.permutation(5).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(120);
    expect(probabilityOf([...counts.values()])).toBeGreaterThan(unlikely);
  });
});

describe("untouched", () => {
  it("sets back what was drawn from, however the function ends, and tells those who watch around", () => {
    const [drawn, other] = [new Generator(1), new Generator(2)];
    const before = drawn.state;
    const twice = () => [drawn.normal(), drawn.uniform()];
    expect(Generator.untouched(twice)).toEqual(Generator.untouched(twice));
    expect(() =>
      Generator.untouched(() => {
        drawn.uniform();
        throw new Error("half way");
      }),
    ).toThrow("half way");
    expect(drawn.state).toEqual(before);
    const { draws } = witnessDraws(() => {
      Generator.untouched(() => Generator.untouched(twice));
      other.uniform();
    });
    expect(draws.get(drawn)).toEqual(before);
    expect(draws.get(other)).toEqual(new Generator(2).state);
  });
});
