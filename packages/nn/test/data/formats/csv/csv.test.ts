import { crossEntropy, streamBatches } from "@isograd/nn";
import { type CsvChunks, type CsvOptions, csvRows, readCsv } from "@isograd/nn/formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readsOrRefuses } from "../damaged.ts";

const column = (text: string, options?: CsvOptions) => [...readCsv(text, options).column("x").values];
const messageOf = (read: () => unknown): string => {
  try {
    return `read ${JSON.stringify(read())}`;
  } catch (error) {
    return String(error);
  }
};

/** A field, and how it stands in a file. */
interface Written {
  readonly field: string;
  readonly text: string;
}

const characters = fc.constantFrom(
  "a",
  "b",
  " ",
  "\t",
  "1",
  ",",
  '"',
  "\n",
  "\r\n",
  "\r",
  "#",
  ";",
  "é",
  "😀",
);
const fieldText = fc.string({ unit: characters, maxLength: 5 });

function write(field: string, isQuoted: boolean, delimiter: string, isAlone: boolean): Written {
  const must = /["\n\r]|^#/.test(field) || field.includes(delimiter) || (field === "" && isAlone);
  return { field, text: isQuoted || must ? `"${field.replaceAll('"', '""')}"` : field };
}

/** A file as it may be written by anybody who keeps to the rules, and what is in it. */
const files = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 6 }))
  .chain(([width, height]) => {
    const row = fc.array(fc.tuple(fieldText, fc.boolean()), { minLength: width, maxLength: width });
    const between = fc.constantFrom("\n", "\r\n", "\n\n", "\r\n\r\n", '\n# no "row, this\n', "\r\n#\r\n");
    return fc.record({
      rows: fc.array(row, { minLength: height, maxLength: height }),
      between: fc.array(between, { minLength: height + 1, maxLength: height + 1 }),
      start: fc.constantFrom("", "\ufeff", "# first\n"),
      isEnded: fc.boolean(),
      delimiter: fc.constantFrom(",", ",", ";", "\t", " "),
    });
  })
  .map(({ rows, between, start, isEnded, delimiter }) => {
    const width = rows[0]?.length ?? 1;
    const written = rows.map((row) =>
      row.map(([field, isQuoted]) => write(field, isQuoted, delimiter, width === 1)),
    );
    const ends = width === 1 ? between.map((end) => end.replace(/^(\r?\n)\1$/, "$1")) : between;
    const lines = [
      Array.from({ length: width }, (_, k) => `c${k}`).join(delimiter),
      ...written.map((row) => row.map(({ text }) => text).join(delimiter)),
    ];
    const last = lines.length - 1;
    const text = lines.map((line, k) => line + (k < last || isEnded ? ends[k] : "")).join("");
    return {
      text: start + text,
      width,
      delimiter,
      values: written.map((row) => row.map(({ field }) => field)),
    };
  });

const asText = (width: number, delimiter: string): CsvOptions => ({
  comment: "#",
  delimiter,
  columns: Object.fromEntries(Array.from({ length: width }, (_, k) => [`c${k}`, "text"])),
});

const cutUp = <T extends { slice(begin: number, end?: number): T; readonly length: number }>(
  whole: T,
  cuts: readonly number[],
): T[] => {
  const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
  return places.slice(1).map((place, k) => whole.slice(places[k], place));
};

describe("readCsv", () => {
  it("reads every file that keeps to the rules", () => {
    fc.assert(
      fc.property(files, ({ text, width, delimiter, values }) => {
        const table = readCsv(text, asText(width, delimiter));
        const rows = values.map((_, row) => table.names.map((name) => table.column(name).values[row]));
        expect([table.rows, rows]).toEqual([values.length, values]);
      }),
      { numRuns: 150 },
    );
  });

  it("takes \\r for the end of a line where it is, and for a part of a field where it is quoted", () => {
    const names = ["x", "y"];
    const read = (text: string, delimiter = ",") => {
      const table = readCsv(text, { header: names, delimiter, columns: { x: "text", y: "text" } });
      return names.map((name) => table.column(name).values[0]);
    };
    expect(read('"\r"\t\r\n', "\t")).toEqual(["\r", ""]);
    expect(read('a,"\r"\r\n')).toEqual(["a", "\r"]);
    expect(read('a,"\r" \f\r\n')).toEqual(["a", "\r"]);
    expect(read("a,b\r")).toEqual(["a", "b"]);
    expect(read('a,"b"\r\n')).toEqual(["a", "b"]);
  });

  it("reads numbers as written, and nothing else as numbers", () => {
    const numbers = ["1", "-.5", "+2.", "1e5", "1E-3", " 7\t", "0012", "9007199254740993", "1e-400", "-0"];
    expect(column(`x\n${numbers.join("\n")}`)).toEqual(numbers.map(Number));
    const special = ["NaN", "nan", "inf", "-Infinity", "+INF"];
    const { POSITIVE_INFINITY: infinity } = Number;
    expect(column(`x\n${special.join("\n")}`)).toEqual([
      Number.NaN,
      Number.NaN,
      infinity,
      -infinity,
      infinity,
    ]);
    for (const odd of [
      "1.5abc",
      "0x10",
      '"1,000"',
      "1 000",
      "1_000",
      ".",
      "e5",
      "1e",
      "--1",
      "1e999",
      "٣",
      "1d",
    ])
      expect(() => readCsv(`x\n1\n${odd}\n`)).toThrow(
        /readCsv: expected a number in column "x" at line 3, as/,
      );
    const digits = fc.stringMatching(/^-?\d{0,8}\.?\d{1,8}$/).map(Number);
    const doubles = fc.oneof(fc.double({ noDefaultInfinity: true }), digits);
    fc.assert(
      fc.property(fc.array(doubles, { minLength: 1 }), (list) => {
        expect(column(`x\n${list.join("\r\n")}\n`)).toEqual(list.map((value) => Number(`${value}`)));
      }),
    );
  });

  it("takes types from the first values, and codes categories in sorted order", () => {
    const table = readCsv("n,kind,late\n1,b,\n2,a,3\n3,b,4\n", { whenMissing: "nan" });
    expect(table.names).toEqual(["n", "kind", "late"]);
    expect(table.rows).toBe(3);
    expect(table.column("n")).toEqual({ type: "number", values: Float64Array.of(1, 2, 3) });
    expect(table.column("kind")).toEqual({
      type: "category",
      values: Int32Array.of(1, 0, 1),
      categories: ["a", "b"],
    });
    expect(table.categories("kind")).toEqual(["a", "b"]);
    expect(() => table.categories("n")).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: CsvTable: expected categories in column "n", got "a column of type number"]`,
    );
    expect(table.column("late")).toEqual({ type: "number", values: Float64Array.of(Number.NaN, 3, 4) });
    const again = readCsv("n,kind,late\n1,b,2\n", { columns: table.columnOptions });
    expect(again.column("kind").values).toEqual(Int32Array.of(1));
    expect(() => readCsv("n,kind,late\n1,c,2\n", { columns: table.columnOptions })).toThrow(
      /one of "a", "b" in column "kind" at line 2/,
    );
  });

  it("reads columns as they are told to be", () => {
    const text = "id,label,size\n007,3,1e3\n008,0,2\n";
    const table = readCsv(text, {
      columns: { id: "text", label: "integer", size: { categories: ["2", "1e3"] } },
    });
    expect(table.column("id")).toEqual({ type: "text", values: ["007", "008"] });
    expect(table.column("label")).toEqual({ type: "integer", values: Int32Array.of(3, 0) });
    expect(table.column("size").values).toEqual(Int32Array.of(1, 0));
    expect(readCsv(text, { only: ["size"] }).names).toEqual(["size"]);
  });

  it("takes other delimiters, names, comments and spaces", () => {
    expect(column("y;x\n1;2\n", { delimiter: ";" })).toEqual([2]);
    expect(column("y\tx\n1\t2\n", { delimiter: "\t" })).toEqual([2]);
    expect(column("1,2\n3,4\n", { header: ["y", "x"] })).toEqual([2, 4]);
    expect([...readCsv("1,2\n3,4\n", { header: false }).column("1").values]).toEqual([2, 4]);
    expect(column("// from\nx\n1\n//2\n3", { comment: "//" })).toEqual([1, 3]);
    const adult = readCsv(" x, kind\n1, a \n2, ?\n", {
      trim: true,
      missing: ["?"],
      whenMissing: { fill: "b" },
    });
    expect(adult.column("kind")).toEqual({
      type: "category",
      values: Int32Array.of(0, 1),
      categories: ["a", "b"],
    });
  });

  it("treats missing values as told to", () => {
    const text = "x,y\n1,2\n,3\nNA,4\n";
    const missing = ["", "NA"];
    expect(column(text, { missing, whenMissing: "drop" })).toEqual([1]);
    const dropped = readCsv("kind,x\nb,1\nc,\na,2\n", { whenMissing: "drop" }).column("kind");
    expect(dropped).toEqual({ type: "category", values: Int32Array.of(1, 0), categories: ["a", "b"] });
    expect(column("x\n1\n-9\n", { missing: ["-9"], whenMissing: "drop" })).toEqual([1]);
    expect(column(text, { missing, whenMissing: "nan" })).toEqual([1, Number.NaN, Number.NaN]);
    expect(column(text, { missing, whenMissing: { fill: -1 } })).toEqual([1, -1, -1]);
    expect(column(text, { missing, columns: { x: { whenMissing: { fill: 0 } } } })).toEqual([1, 0, 0]);
    expect(column("x\n1\n\n3\n", { whenMissing: "nan" })).toEqual([1, Number.NaN, 3]);
    const messages = [
      messageOf(() => readCsv(text)),
      messageOf(() => readCsv(text, { whenMissing: "drop" })),
      messageOf(() => readCsv("x\na\n\n", { whenMissing: "nan" })),
      messageOf(() => readCsv("y,x\n1,\n1,\n2,a\n", { whenMissing: "nan" })),
      messageOf(() => readCsv("x\n1\n\n", { columns: { x: "integer" }, whenMissing: "nan" })),
      messageOf(() => readCsv("x\n1\n\n", { columns: { x: "integer" }, whenMissing: { fill: 0.5 } })),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "ArgumentError: readCsv: expected a value in column "x" at line 3; whenMissing may be "drop", "nan" or { fill }, got """,
        "ArgumentError: readCsv: expected a number in column "x" at line 4, as its first value is one (else name its type in columns), got "NA"",
        "ArgumentError: readCsv: expected a value in column "x" at line 3: a column of type category holds no NaN, got """,
        "ArgumentError: readCsv: expected a value in column "x" at line 2: a column of type category holds no NaN, got """,
        "ArgumentError: readCsv: expected a value in column "x" at line 3: a column of type integer holds no NaN, got """,
        "ArgumentError: readCsv: expected a whole number that i32 holds in column "x" at line 3, got "0.5"",
      ]
    `);
  });

  it("says where a file is not as it must be", () => {
    const malformed: Readonly<Record<string, () => unknown>> = {
      "a row too short": () => readCsv('x,y\n"1\n",2\n3\n'),
      "a row too long": () => readCsv("# names\nx,y\n# a row\n1,2,\n", { comment: "#" }),
      "a quote left open": () => readCsv('x,y\n1,"2\n3,4\n'),
      "text behind a quote": () => readCsv('x,y\n1,2\n"3"4,5\n6,7'),
      "no number": () => readCsv("x,y\r\n1,2\r\n\r\n3,1.5abc\r\n"),
      "a fraction as label": () => readCsv("x\n1\n1.5\n", { columns: { x: "integer" } }),
      "a label beyond i32": () => readCsv("x\n3000000000\n", { columns: { x: "integer" } }),
      "an unknown category": () => readCsv("x\na\nb\nc\n", { columns: { x: { categories: ["a", "b"] } } }),
      "a name twice": () => readCsv("x,y,x\n1,2,3\n"),
      "lines that end in \\r": () => readCsv("x,y\r1,2\r"),
      "bytes of another encoding": () => readCsv(Uint8Array.of(0x78, 0x0a, 0xe9)),
      "a character cut off": () => readCsv(Uint8Array.of(0x78, 0x0a, 0xc3)),
      "no text": () => readCsv(3 as unknown as string),
      "a column that is not there": () => readCsv("x,y\n", { columns: { z: "number" } }),
      "another that is not there": () => readCsv("x,y\n", { only: ["x", "z"] }),
      "too few names": () => readCsv("1,2\n", { header: ["x"] }),
      "a delimiter of two": () => readCsv("", { delimiter: "::" }),
      "a delimiter that comments have": () => readCsv("", { delimiter: "#", comment: "#" }),
      "a comment of quotes": () => readCsv("", { comment: '"' }),
      "names that are none": () => readCsv("", { header: "x" as unknown as boolean }),
      "no names": () => readCsv("1\n", { header: [] }),
      "a type that is none": () => readCsv("x\n1\n", { columns: { x: "float" as "number" } }),
      "categories of numbers": () => readCsv("", { columns: { x: { type: "number", categories: ["1"] } } }),
      "a category twice": () => readCsv("", { columns: { x: { categories: ["a", "a"] } } }),
      "a rule that is none": () => readCsv("", { whenMissing: "skip" as "drop" }),
      "missing that is no list": () => readCsv("", { missing: "NA" as unknown as string[] }),
      "a column of no name": () => readCsv("x\n1\n").column("y"),
    };
    expect(
      Object.entries(malformed).map(([name, read]) => `${name}: ${messageOf(read)}`),
    ).toMatchInlineSnapshot(`
      [
        "a row too short: ArgumentError: readCsv: expected 2 fields at line 4, one for each column, got 1",
        "a row too long: ArgumentError: readCsv: expected 2 fields at line 4, one for each column, got 3",
        "a quote left open: ArgumentError: readCsv: expected a quoted field to end with a quote, and quotes in it to be doubled, at line 2, got "1,\\"2\\n3,4\\n"",
        "text behind a quote: ArgumentError: readCsv: expected a quoted field to end with a quote, and quotes in it to be doubled, at line 3, got "\\"3\\"4,5\\n6,7"",
        "no number: ArgumentError: readCsv: expected a number in column "y" at line 4, as its first value is one (else name its type in columns), got "1.5abc"",
        "a fraction as label: ArgumentError: readCsv: expected a whole number that i32 holds in column "x" at line 3, got "1.5"",
        "a label beyond i32: ArgumentError: readCsv: expected a whole number that i32 holds in column "x" at line 2, got "3000000000"",
        "an unknown category: ArgumentError: readCsv: expected one of "a", "b" in column "x" at line 4, got "c"",
        "a name twice: ArgumentError: readCsv: expected each name of a column once, at line 1, got "x"",
        "lines that end in \\r: ArgumentError: readCsv: expected lines that end in \\n or \\r\\n, got "\\\\r alone"",
        "bytes of another encoding: ArgumentError: readCsv: expected text in UTF-8, got "other bytes"",
        "a character cut off: ArgumentError: readCsv: expected text in UTF-8, got "other bytes"",
        "no text: ArgumentError: readCsv: expected text, or bytes in a Uint8Array, got 3",
        "a column that is not there: ArgumentError: readCsv: expected names of columns, which are "x", "y", got "z"",
        "another that is not there: ArgumentError: readCsv: expected names of columns, which are "x", "y", got "z"",
        "too few names: ArgumentError: readCsv: expected 1 fields at line 1, one for each column, got 2",
        "a delimiter of two: ArgumentError: readCsv: expected one character as delimiter, no quote or end of a line, got "::"",
        "a delimiter that comments have: ArgumentError: readCsv: expected one character as delimiter, no quote or end of a line, got "#"",
        "a comment of quotes: ArgumentError: readCsv: expected text without quotes and ends of lines as comment, got "\\""",
        "names that are none: ArgumentError: readCsv: expected true, false or names as header, got "x"",
        "no names: ArgumentError: readCsv: expected true, false or names as header, got []",
        "a type that is none: ArgumentError: readCsv: expected one of number, integer, category, text as type of column "x", got "float"",
        "categories of numbers: ArgumentError: readCsv: expected no categories of column "x", which is none, got "number"",
        "a category twice: ArgumentError: readCsv: expected texts, each once, as categories of column "x", got ["a", "a"]",
        "a rule that is none: ArgumentError: readCsv: expected "error", "drop", "nan" or { fill } as whenMissing, got "skip"",
        "missing that is no list: ArgumentError: readCsv: expected texts as missing, got "NA"",
        "a column of no name: ArgumentError: CsvTable: expected the name of a column, which are "x", got "y"",
      ]
    `);
  });

  it("reads a table without rows, and one without anything", () => {
    const table = readCsv("x,y\n");
    expect([table.rows, table.names, table.select({ inputs: ["x", "y"] }).inputs.shape]).toEqual([
      0,
      ["x", "y"],
      [0, 2],
    ]);
    expect(readCsv("").names).toEqual([]);
  });

  it("gives a table or an error of ours, whatever it is given", () => {
    const unit = fc.constantFrom("1", "-", ".", "e", "a", ",", '"', "\n", "\r", " ", "#", "\ufeff", "\0");
    const text = fc.string({ unit, maxLength: 30 });
    const whenMissing = fc.constantFrom("error", "drop", "nan", { fill: 0 }, { fill: "a" } as const);
    const options = fc.record({
      whenMissing,
      header: fc.boolean(),
      trim: fc.boolean(),
      comment: fc.constantFrom("", "#"),
    });
    fc.assert(
      fc.property(text, options, (some, how) => {
        readsOrRefuses(
          () => readCsv(some, how as CsvOptions),
          (table) => {
            for (const name of table.names) expect(table.column(name).values.length).toBe(table.rows);
          },
        );
      }),
      { numRuns: 500 },
    );
  });

  it("reads tables of many columns and of many categories in time", () => {
    const names = Array.from({ length: 4000 }, (_, k) => `c${k}`);
    const table = readCsv(`${names.join(",")}\n${names.map((_, k) => k).join(",")}\n`);
    expect(table.select({ inputs: names }).inputs.shape).toEqual([1, 4000]);
    const kinds = readCsv(`x\n${names.join("\n")}\n`).column("x");
    expect(kinds).toHaveProperty("categories.length", 4000);
  });

  it("takes time in proportion to the file, whatever is quoted or left open", () => {
    const timeOf = (text: string): number => {
      const start = performance.now();
      messageOf(() => readCsv(text, { columns: { x: "text" } }).rows);
      return performance.now() - start;
    };
    // 40 times as much would take 1,600 times as long if it were not.
    for (const line of ['"a"\n', '"a""b"\n', '"" "\n', '"a\n'])
      expect(timeOf(`x\n${line.repeat(20_000)}`)).toBeLessThan(400 * (timeOf(`x\n${line.repeat(500)}`) + 1));
  });
});

describe("CsvTable.select", () => {
  const table = readCsv("x,y,label,kind,name\n1,2,3,b,p\n4,5,0,a,q\n", {
    columns: { label: "integer", name: "text" },
  });

  it("makes tensors of columns", () => {
    const { inputs, targets, both, one } = table.select({
      inputs: ["y", "x"],
      targets: "label",
      both: ["kind", "label"],
      one: ["x"],
    });
    expect([inputs.dtype, inputs.toArray()]).toEqual(["f32", [[2, 1], [5, 4]]]); // biome-ignore format: rows
    expect([targets.dtype, targets.toArray()]).toEqual(["i32", [3, 0]]);
    expect([both.dtype, both.toArray()]).toEqual(["i32", [[1, 3], [0, 0]]]); // biome-ignore format: rows
    expect(one.shape).toEqual([2, 1]);
    expect(table.select({ inputs: "x" }, { dtype: "f64" }).inputs.dtype).toBe("f64");
    expect(
      crossEntropy(table.select({ logits: ["x", "y"] }).logits, table.select({ t: "kind" }).t).shape,
    ).toEqual([]);
  });

  it("says what cannot be one", () => {
    const large = readCsv("x\n1e300\n");
    expect(large.select({ x: "x" }, { dtype: "f64" }).x.item()).toBe(1e300);
    const messages = [
      messageOf(() => table.select({ inputs: ["x", "z"] })),
      messageOf(() => table.select({ inputs: ["x", "kind"] })),
      messageOf(() => table.select({ inputs: "name" })),
      messageOf(() => table.select({ inputs: [] })),
      messageOf(() => large.select({ inputs: "x" })),
      messageOf(() => large.select({ inputs: "x" }, { dtype: "i32" as "f32" })),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "ArgumentError: CsvTable.select: expected names of columns as inputs, which are "x", "y", "label", "kind", "name", got "z"",
        "ArgumentError: CsvTable.select: expected columns of numbers alone, or of codes and whole numbers alone, as inputs, got "\\"kind\\" of type category"",
        "ArgumentError: CsvTable.select: expected columns of numbers alone, or of codes and whole numbers alone, as inputs, got "\\"name\\" of type text"",
        "ArgumentError: CsvTable.select: expected a name, or names, of columns as inputs, got []",
        "ArgumentError: CsvTable.select: expected numbers that f32 holds in column "x"; dtype f64 holds more, got 1e+300",
        "ArgumentError: CsvTable.select: expected f32 or f64 as dtype, got "i32"",
      ]
    `);
  });
});

describe("csvRows", () => {
  it("reads rows alike, wherever the file is cut", async () => {
    const cuts = fc.array(fc.nat(1000), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        files,
        cuts,
        fc.boolean(),
        async ({ text, width, delimiter, values }, places, isBytes) => {
          const lengths = values.map((row) => row.map(({ length }) => length));
          const categories = [...new Set(values.flat())];
          const columns = Object.fromEntries(
            Array.from({ length: width }, (_, k) => [`c${k}`, { categories }]),
          );
          const chunks = isBytes ? cutUp(new TextEncoder().encode(text), places) : cutUp(text, places);
          const found: number[][] = [];
          const options = { comment: "#", delimiter, missing: [], columns };
          for await (const { all } of csvRows(chunks, { all: Object.keys(columns) }, options))
            found.push(Array.from(all as Int32Array, (code) => categories[code].length));
          expect(found).toEqual(lengths);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("gives rows that streamBatches takes", async () => {
    const text = "x,y,kind,other\n1,2,b,?\n3,4,a,?\n5,6,b,?\n";
    const selection = { inputs: ["x", "y"], targets: "kind" } as const;
    const columns = { kind: { categories: ["a", "b"] } };
    const batches = [];
    const rows = () => csvRows(cutUp(text, [3, 17, 20]), selection, { columns });
    for await (const batch of streamBatches(rows, { batchSize: 2 })) batches.push(batch);
    expect(batches.map(({ inputs }) => inputs.toArray())).toEqual([[[1, 2], [3, 4]], [[5, 6]]]); // biome-ignore format: rows
    expect(batches.map(({ targets }) => [targets.dtype, targets.toArray()])).toEqual([["i32", [1, 0]], ["i32", [1]]]); // biome-ignore format: rows
    for await (const { inputs, kind } of csvRows([text], { inputs: ["x"], kind: "y" }, { dtype: "f64" }))
      expect([inputs.constructor, kind.dtype]).toEqual([Float64Array, "f64"]);
  });

  it("holds one part of the file at a time, and opens no more than is asked for", async () => {
    let given = 0;
    let isClosed = false;
    async function* chunks() {
      try {
        yield "x\n";
        for (; ; given++) yield `${given}\n`;
      } finally {
        isClosed = true;
      }
    }
    for await (const { x } of csvRows(chunks(), { x: "x" })) if (x.item() === 20) break;
    expect(given).toBeLessThan(23);
    expect(isClosed).toBe(true);
  });

  it("reads the body of a response, and closes it", async () => {
    const read = async (body: CsvChunks, most: number) => {
      const seen: number[] = [];
      for await (const { x } of csvRows(body, { x: "x" })) if (seen.push(x.item()) === most) break;
      return seen;
    };
    const text = "x\n1\n2\n3\n";
    expect(await read(new Response(text).body as CsvChunks, 9)).toEqual([1, 2, 3]);
    let cancelled = 0;
    const bare = () => {
      const parts = text.match(/.\n/g) ?? [];
      const next = async () => ({ done: parts.length === 0, value: parts.shift() });
      const cancel = async () => void cancelled++;
      return { getReader: () => ({ read: next, cancel }) };
    };
    expect(await read(bare(), 9)).toEqual([1, 2, 3]);
    expect(await read(bare(), 2)).toEqual([1, 2]);
    expect(cancelled).toBe(2);
    expect(await read(text, 9)).toEqual([1, 2, 3]);
    expect(await read(new TextEncoder().encode(text), 9)).toEqual([1, 2, 3]);
    await expect(csvRows(text, {}).next()).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: csvRows: expected names of columns such as { inputs, targets }, got Object]`,
    );
    await expect(read({} as CsvChunks, 9)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: csvRows: expected parts of a file, an iterable or a stream of them, got Object]`,
    );
  });

  it("gives the rows before an error, and what went wrong with the chunks", async () => {
    const seen: number[] = [];
    const read = async (chunks: AsyncIterable<string> | Iterable<string>, options?: CsvOptions) => {
      seen.length = 0;
      for await (const { x } of csvRows(chunks, { x: "x" }, options)) seen.push(x.item());
    };
    await expect(read(["x\n1\n2\n", "3\nfour\n"])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: csvRows: expected a number in column "x" at line 5, as its first value is one (else name its type in columns), got "four"]`,
    );
    expect(seen).toEqual([1, 2, 3]);
    await expect(read(["x\n1\n1e39\n"])).rejects.toThrow(/numbers that f32 holds in column "x"/);
    expect(seen).toEqual([1]);
    await expect(read(["x\na\n"])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: csvRows: expected the categories of each category in columns, there are none of, got "x"]`,
    );
    await expect(read(["y\n1\n"])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: csvRows: expected names of columns, which are "y", got "x"]`,
    );
    async function* broken() {
      yield "x\n1\n";
      throw new Error("the line is down");
    }
    await expect(read(broken())).rejects.toThrow("the line is down");
    expect(seen).toEqual([1]);
  });

  it("gives up a quote that nobody closes before it has read everything", async () => {
    let given = 0;
    function* chunks() {
      yield 'x\n"';
      for (; given < 100; given++) yield "a\n".repeat(2 ** 18);
    }
    const rows = csvRows(chunks(), { x: "x" });
    await expect(rows.next()).rejects.toThrow(/from line 2 on is a longer one/);
    expect(given).toBeLessThan(20);
  });
});
