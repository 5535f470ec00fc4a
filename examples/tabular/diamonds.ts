import { createRequire } from "node:module";
import { cast, concat, fromData, log, oneHot, type Tensor } from "@isograd/autograd";
import { classesOf } from "@isograd/nn";
import { loadCsv } from "@isograd/nn/node";

/** Rows of diamonds. */
export type Diamonds = Readonly<{
  /** Logarithms of weight, length, width and height; depth and table in percent: [n, 6] */
  numbers: Tensor;
  /** Cut, color and clarity, a column for each grade: [n, 20] */
  grades: Tensor;
  /** Logarithms of prices in dollars: [n] */
  logPrices: Tensor;
  /** The same number where weight and lengths are the same: [n] */
  stones: Tensor;
}>;

/** From the worst to the best. */
const gradesOf = {
  cut: ["Fair", "Good", "Very Good", "Premium", "Ideal"],
  color: [..."JIHGFED"],
  clarity: ["I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF"],
};

/** Reads the diamonds of ggplot2. A length of 0 is one that nobody wrote down: such rows are left out. */
export function readDiamonds(): Diamonds {
  const table = loadCsv(
    createRequire(import.meta.url).resolve("@observablehq/sample-datasets/diamonds.csv"),
    {
      missing: ["0"],
      whenMissing: "drop",
      columns: {
        cut: { categories: gradesOf.cut },
        color: { categories: gradesOf.color },
        clarity: { categories: gradesOf.clarity },
      },
    },
  );
  const { sizes, proportions, price, cut, color, clarity } = table.select(
    {
      sizes: ["carat", "x", "y", "z"],
      proportions: ["depth", "table"],
      price: "price",
      cut: "cut",
      color: "color",
      clarity: "clarity",
    },
    { dtype: "f64" },
  );
  const columns = [
    oneHot(cut, gradesOf.cut.length),
    oneHot(color, gradesOf.color.length),
    oneHot(clarity, gradesOf.clarity.length),
  ];
  return {
    numbers: concat([log(sizes), proportions], 1),
    grades: cast(concat(columns, 1), "f64"),
    logPrices: log(price),
    stones: stonesOf(sizes),
  };
}

function stonesOf(sizes: Tensor): Tensor {
  const names = (sizes.toArray() as number[][]).map((size) => size.join(" "));
  return fromData(classesOf(names).encode(names), [names.length]);
}
