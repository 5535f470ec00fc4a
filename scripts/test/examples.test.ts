import ts from "typescript";
import { describe, expect, it } from "vitest";
import { findDifference } from "../examples/check.ts";
import { examplesOf } from "../examples/doc-examples.ts";
import { loadPrograms } from "../examples/load.ts";
import { exampleProgram, type Surroundings } from "../examples/program.ts";
import { entriesOf, publicNames } from "../examples/public-names.ts";
import { isShown, readShown, type Shown } from "../examples/shown-value.ts";

const agrees = (text: string, value: unknown): boolean => isShown(readShown(text) as Shown, value);
const program = (code: string, surroundings: Surroundings = { names: new Map() }) =>
  exampleProgram({ name: "f", file: "f.ts", line: 10, code }, surroundings);

describe("isShown", () => {
  it.each([
    ["2", 2, 2.0001],
    ["2", Math.fround(2 + 2e-7), "2"],
    ["0", -0, 1e-6],
    ["-0", -0, 0],
    ["0.5", Math.fround(0.5 + 3e-8), 0.51],
    ["0.3333", 1 / 3, 0.33336],
    ["-0.6667", -2 / 3, 2 / 3],
    ["1.291", 1.29099, 1.2904],
    ["0.0250", 0.02499, 0.02506],
    ["1.537e-12", 1.5374e-12, 1.5376e-12],
    ["1.5e-5", 1.5e-5, 1.54e-5],
    ["1e-5", 1e-5, 1.1e-5],
    ["1_000", 1000, 1001],
    ["NaN", Number.NaN, 0],
    ["-Infinity", Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ["true", true, 1],
    ["null", null, undefined],
    ["undefined", undefined, null],
    ['"a"', "a", "b"],
    ["[]", [], [[]]],
    ["[[1, 2], [3, 4]]", [[1, 2], new Float32Array([3, 4])], [[1, 2, 3, 4]]],
    ["{ a: [1], b: { c: true } }", { a: [1], b: { c: true } }, { a: [1], b: { c: true }, d: 0 }],
    ["{ a: 1 }", { a: 1 }, {}],
    ["[1, 2]", { dtype: "f32", toArray: () => [1, 2] }, [1]],
    ["[true, false]", { dtype: "bool", toArray: () => [1, 0] }, { dtype: "i32", toArray: () => [1, 0] }],
  ])("tells for %s what it shows from what it does not", (text, same, other) => {
    expect(agrees(text, same)).toBe(true);
    expect(agrees(text, other)).toBe(false);
  });

  it.each(["more or less 2", "f(2)", "[1, 2", "2, 3", "x", "{ a }", ""])("cannot read %j", (text) => {
    expect(readShown(text)).toBeNull();
  });
});

describe("findDifference", () => {
  const value = (text: string) => ({ kind: "value", text }) as const;
  const error = (message: string) => ({ kind: "error", name: "RangeError", message }) as const;
  const throws = () => {
    throw new RangeError("too far");
  };

  it("says what came instead", async () => {
    expect(await findDifference(value("[1, 2]"), () => [1, 2])).toBeNull();
    expect(await findDifference(value("[1, 2]"), () => [1, 3])).toBe("expected [1, 2], got [ 1, 3 ]");
    expect(await findDifference(error("far"), throws)).toBeNull();
    expect(await findDifference(error("near"), throws)).toBe(
      "expected RangeError: near, got RangeError: too far",
    );
    expect(await findDifference(error(""), () => 1)).toBe("expected RangeError, got 1");
  });

  it("lets through what throws where a value is expected", async () => {
    await expect(findDifference(value("1"), throws)).rejects.toThrow("too far");
  });
});

describe("exampleProgram", () => {
  it("imports what is named, takes the props that are named and checks what is shown", () => {
    const names = new Map([
      ["relu", { specifier: "@isograd/autograd", isValue: true }],
      ["Tensor", { specifier: "@isograd/autograd", isValue: false }],
      ["tanh", { specifier: "@isograd/autograd", isValue: true }],
    ]);
    const stage = { file: "/stage.ts", names: new Set(["x", "y"]) };
    const code = `const twice = (t: Tensor) => relu(x.tanh).toString(); // throws nothing\n`;
    expect(() => program(code, { names, stage })).toThrow("f.ts:10: a comment behind anything but");
    const { text, checks } = program(`const a: Tensor = relu(x);\nfor (;;) a; // [1,\n// 2]\n`, {
      names,
      stage,
    });
    expect(text.slice(text.indexOf("\n") + 1)).toMatchInlineSnapshot(`
      "import { type Tensor, relu } from "@isograd/autograd";
      import { stage as $stage } from "/stage.ts";
      export async function example($: $Props): Promise<void> {

      const { x } = $stage();
      {
      const a: Tensor = relu(x);
      for (;;) await $.check(0, async () => (a)); // [1,
      // 2]

      }
      }
      "
    `);
    expect(checks).toMatchInlineSnapshot(`
      [
        {
          "expected": {
            "kind": "value",
            "text": "[1,
       2]",
          },
          "line": 11,
        },
      ]
    `);
  });

  it("says where an example cannot be read", () => {
    expect(() => program("f(1); // about 2")).toThrow("f.ts:10: the comment is no value");
    expect(() => program("f(1);\nf(;")).toThrow("f.ts:11: ");
  });
});

describe("loadPrograms", () => {
  it("runs programs with their checks, and lets one that cannot be bundled fail by itself", async () => {
    const programs = ["[1, 2]; // [1, 2]", "const a = 1;\nconst a = 2;", "folder; // 1"].map((code) =>
      program(code),
    );
    const running = await loadPrograms("tried", programs);
    const differences: (string | null)[] = [];
    const runs = running.map((run, k) =>
      run({
        folder: "here",
        check: async (number, evaluate) => {
          differences[k] = await findDifference(programs[k].checks[number].expected, evaluate);
        },
      }),
    );
    await runs[0];
    await expect(runs[1]).rejects.toThrow('The symbol "a" has already been declared');
    await runs[2];
    expect(differences).toEqual([null, undefined, "expected 1, got 'here'"]);
  });
});

describe("the examples in doc comments", () => {
  it("are found with their lines, on members too, whatever their text", () => {
    const text = [
      "/**",
      " * A class.",
      " *",
      " * @see somewhere",
      " * @example",
      ' * import { a } from "@isograd/a";',
      " *   @decorated",
      " * a;",
      " * @example b;",
      " */",
      "export class A {",
      "  /** One line. @throws never */",
      "  a(): void {}",
      "  /** @example c; // 2 */",
      "  b(): void {}",
      "}",
    ].join("\n");
    const [declaration] = ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest, true).statements;
    expect(examplesOf("A", declaration)).toMatchInlineSnapshot(`
      [
        {
          "code": "import { a } from "@isograd/a";
        @decorated
      a;
      ",
          "file": "a.ts",
          "line": 6,
          "name": "A",
        },
        {
          "code": "b;
      ",
          "file": "a.ts",
          "line": 9,
          "name": "A",
        },
        {
          "code": "c; // 2
      ",
          "file": "a.ts",
          "line": 14,
          "name": "A.b",
        },
      ]
    `);
  });

  it("are looked for at every name that the main entries export", () => {
    const [{ specifier, file }] = entriesOf("nn");
    expect(specifier).toBe("@isograd/nn");
    const names = publicNames(file);
    expect(names.get("Linear")?.isValue).toBe(true);
    expect(names.get("Schedule")?.isValue).toBe(false);
  });
});
