import {
  add,
  affineGrid,
  backward,
  checkOpContract,
  fromData,
  Generator,
  gridSample,
  mul,
  narrow,
  ones,
  pad,
  parameter,
  randn,
  sum,
  type Tensor,
  tensor,
  unsqueeze,
} from "@isograd/autograd";
import {
  batches,
  type ImageTransform,
  mapBatches,
  randomCrop,
  randomHorizontalFlip,
  randomRotation,
  randomShift,
  randomVerticalFlip,
} from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { expectNumbers } from "../../reference/cases.ts";

/** Images whose numbers are all different: 100 rows + 10 down + right, from 1 on. */
const images = (rows: number, height = 3, width = 4) =>
  fromData(
    Float32Array.from({ length: rows * height * width }, (_, k) => {
      const [row, place] = [Math.floor(k / (height * width)), k % (height * width)];
      return 1 + 100 * row + 10 * Math.floor(place / width) + (place % width);
    }),
    [rows, 1, height, width],
  );

type Image = number[][][];
const listed = (x: Tensor) => x.toArray() as Image[];

/** How often each outcome comes, as text, of so many copies of one image. */
function outcomes(transform: ImageTransform, image: Tensor, times: number): Map<string, number> {
  const counts = new Map<string, number>();
  const many = add(image, fromData(new Float32Array(times), [times, 1, 1, 1]));
  for (const found of listed(transform(many, new Generator(1)))) {
    const text = JSON.stringify(found);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

describe("randomCrop", () => {
  it("cuts any part, each as likely", () => {
    const counts = outcomes(randomCrop({ size: 2 }), images(1), 600);
    // Two places down, three to the right: 100 each, with a deviation of 9.
    expect(counts.size).toBe(6);
    for (const [text, count] of counts) {
      const [[[first, next], [below]]] = JSON.parse(text) as Image;
      expect([next - first, below - first]).toEqual([1, 10]);
      expect(Math.abs(count - 100)).toBeLessThan(45);
    }
  });

  it("pads with a number on all sides, and cuts each image by itself, all channels alike", () => {
    const [image] = listed(
      randomCrop({ size: [5, 8], padding: [1, 2], fill: -1 })(images(1), new Generator(1)),
    );
    expect(image).toEqual(
      listed(
        pad(
          images(1),
          [
            [0, 0],
            [0, 0],
            [1, 1],
            [2, 2],
          ],
          -1,
        ),
      )[0],
    );
    const colours = mul(images(8), tensor([1, -1], { shape: [1, 2, 1, 1] }));
    const cut = listed(randomCrop({ size: 2 })(colours, new Generator(2)));
    expect(new Set(cut.map(([[[first]]], row) => first - 100 * row)).size).toBeGreaterThan(1);
    for (const [plus, minus] of cut) expect(minus).toEqual(plus.map((line) => line.map((x) => -x)));
  });

  it("keeps whole numbers, and passes gradients", () => {
    const bytes = fromData(Int32Array.from(images(2).values()), [2, 1, 3, 4]);
    expect(randomCrop({ size: 2, padding: 1 })(bytes, new Generator(1)).dtype).toBe("i32");
    const x = parameter(images(2));
    backward(sum(randomCrop({ size: [3, 4] })(x, new Generator(1))));
    expect(new Set(x.grad?.values())).toEqual(new Set([1]));
  });

  it("refuses parts larger than the images, and what is none", () => {
    expect(() => randomCrop({ size: 4 })(images(1), new Generator(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomCrop: expected images of at least 4 x 4 with padding, got [1, 1, 3, 4]]`,
    );
    expect(() => randomCrop({ size: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: randomCrop: expected size to be whole numbers from 1 on, got 0]`,
    );
    expect(() => randomCrop({ size: 1, padding: -1 })).toThrow(/padding/);
    expect(() => randomCrop({ size: 1 })(tensor([[1]]), new Generator(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomCrop: expected images [rows, channels, height, width], got [1, 1]]`,
    );
  });
});

describe("randomShift", () => {
  it("moves by any distance, both ways, and fills what is left", () => {
    const counts = outcomes(randomShift({ by: [0, 1], fill: 9 }), images(1, 1, 3), 600);
    expect([...counts.keys()].sort()).toEqual(["[[[1,2,3]]]", "[[[2,3,9]]]", "[[[9,1,2]]]"]);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(60);
    expect(() => randomShift({ by: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: randomShift: expected by to be whole numbers from 0 on, got 0.5]`,
    );
  });
});

describe("randomHorizontalFlip and randomVerticalFlip", () => {
  it("swap sides in as many images as they should", () => {
    const across = outcomes(randomHorizontalFlip({ probability: 0.25 }), images(1, 1, 3), 400);
    expect([...across.keys()].sort()).toEqual(["[[[1,2,3]]]", "[[[3,2,1]]]"]);
    expect(Math.abs((across.get("[[[3,2,1]]]") ?? 0) - 100)).toBeLessThan(45);
    const upside = outcomes(randomVerticalFlip(), images(1, 2, 1), 400);
    expect(new Set(upside.keys())).toEqual(new Set(["[[[1],[11]]]", "[[[11],[1]]]"]));
    expect(Math.abs((upside.get("[[[11],[1]]]") ?? 0) - 200)).toBeLessThan(50);
  });

  it("refuse chances that are none", () => {
    expect(() =>
      randomVerticalFlip({ probability: 2 })(images(1), new Generator(1)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: randomVerticalFlip: expected probability within [0, 1], got 2]`,
    );
  });
});

describe("randomRotation", () => {
  it("turns counter-clockwise around the centre", () => {
    const turn = (degrees: number, mode: "nearest" | "bilinear", image: Tensor) =>
      listed(randomRotation({ degrees: [degrees, degrees], mode })(image, new Generator(1)))[0][0];
    const square = images(1, 3, 3);
    const quarter = [
      [3, 13, 23],
      [2, 12, 22],
      [1, 11, 21],
    ];
    for (const mode of ["nearest", "bilinear"] as const) {
      expect(turn(90, mode, square).map((line) => line.map((x) => Number(x.toFixed(3))))).toEqual(quarter);
      const half = turn(180, mode, images(1))
        .flat()
        .map((x) => Number(x.toFixed(3)));
      expect(half).toEqual([...images(1).values()].reverse());
    }
    // A quarter of a wide image: what is in its middle square turns, outside of it nothing is found.
    expect(turn(90, "nearest", images(1, 2, 4))).toEqual([
      [0, 3, 13, 0],
      [0, 2, 12, 0],
    ]);
  });

  it("finds what gridSample finds at the same places", () => {
    const x = randn(new Generator(1), [3, 2, 4, 5], "f64");
    const degrees = [-170, 33, 78];
    degrees.forEach((angle, row) => {
      const [cosine, sine] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
      const theta = tensor(
        [
          [cosine, (-sine * 4) / 5, 0],
          [(sine * 5) / 4, cosine, 0],
        ],
        { dtype: "f64" },
      );
      const image = narrow(x, 0, row, 1);
      const grid = affineGrid(unsqueeze(theta, 0), image.shape);
      for (const mode of ["nearest", "bilinear"] as const) {
        const found = randomRotation({ degrees: [angle, angle], mode })(image, new Generator(1));
        expectNumbers(found.values(), gridSample(image, grid, { mode }).values(), 1e-12, 1e-12);
      }
    });
  });

  it("passes gradients of any order back to where pixels came from", () => {
    const turn = (x: Tensor) => randomRotation({ degrees: 60, mode: "bilinear" })(x, new Generator(3));
    const samples = [[randn(new Generator(2), [2, 1, 3, 4], "f64")]];
    const report = checkOpContract(turn, samples, { drops: true });
    expect(report.violations).toEqual([]);
  });

  it("puts a number where nothing is found", () => {
    const white = ones([1, 1, 5, 5]);
    const turn = randomRotation({ degrees: [45, 45], mode: "bilinear", fill: 1 });
    expectNumbers(turn(white, new Generator(1)).values(), white.values(), 1e-6);
    expect(() => randomRotation({ degrees: 1, mode: "bicubic" as never })).toThrow(/nearest or bilinear/);
  });

  it("draws an angle for each image, within the bounds", () => {
    const line = tensor([
      [
        [
          [0, 0, 0],
          [0, 0, 1],
          [0, 0, 0],
        ],
      ],
    ]);
    // By up to 90 degrees to the left: the lit pixel ends right, top right or at the top.
    const counts = outcomes(randomRotation({ degrees: [0, 90] }), line, 200);
    const lit = [...counts.keys()].flatMap((text) =>
      (JSON.parse(text) as Image).flat(2).flatMap((x, place) => (x === 1 ? [place] : [])),
    );
    expect(new Set(lit)).toEqual(new Set([1, 2, 5]));
    expect(outcomes(randomRotation({ degrees: 0 }), line, 5).size).toBe(1);
    expect(() => randomRotation({ degrees: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: randomRotation: expected an angle from 0 on, or [lowest, highest], got -1]`,
    );
  });
});

describe("augmentation in a pipeline", () => {
  it("is the same for the same generator, other in each pass and for each batch, and goes on where it was", async () => {
    const crop = randomCrop({ size: 3, padding: 1 });
    const [flip, turn] = [randomHorizontalFlip(), randomRotation({ degrees: 45 })];
    const make = () =>
      mapBatches(
        batches(
          { inputs: mul(images(6), tensor(1)), targets: Int32Array.of(0, 1, 2, 3, 4, 5) },
          { batchSize: 2 },
        ),
        ({ inputs, targets }, draws) => ({ inputs: turn(flip(crop(inputs, draws), draws), draws), targets }),
        { generator: new Generator(4) },
      );
    const read = async (source: AsyncIterable<{ inputs: Tensor }>) => {
      const found: string[] = [];
      for await (const { inputs } of source) found.push(JSON.stringify(inputs.toArray()));
      return found;
    };
    const source = make();
    const [first, second] = [await read(source), await read(source)];
    expect(await read(make())).toEqual(first);
    expect(second).not.toEqual(first);
    const [stopped, resumed] = [make(), make()];
    for await (const _ of stopped) break;
    resumed.state = stopped.state;
    expect([...(await read(resumed)), ...(await read(resumed))]).toEqual([...first.slice(1), ...second]);
  });
});
