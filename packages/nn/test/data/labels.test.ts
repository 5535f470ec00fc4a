import { tensor } from "@isograd/autograd";
import { Classes, checkLabels, classesOf } from "@isograd/nn";
import { describe, expect, expectTypeOf, it } from "vitest";

describe("checkLabels", () => {
  it("lets whole numbers in range pass, and a label to be ignored", () => {
    checkLabels([0, 2, 1], { classes: 3, rows: 3, trainedOn: Int32Array.of(0, 1, 2) });
    checkLabels(tensor([0, -100, 1], { dtype: "i32" }), { classes: 2, ignoreIndex: -100 });
    checkLabels(Uint8Array.of(255));
    checkLabels([], { classes: 1, rows: 0 });
  });

  it("names row and value of one that is wrong", () => {
    expect(() => checkLabels([0, 1, 3], { classes: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkLabels: expected a whole number from 0 to 2 in row 2, got 3]`,
    );
    expect(() => checkLabels([0, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkLabels: expected a whole number from 0 on in row 1, got -1]`,
    );
    expect(() => checkLabels([0.5], { classes: 3 })).toThrow(/row 0, got 0.5/);
    expect(() => checkLabels(Float32Array.of(0, Number.NaN), { classes: 3 })).toThrow(/row 1, got NaN/);
    expect(() => checkLabels([0, 1, 2], { trainedOn: [1, 0] })).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: checkLabels: expected a class that was trained on in row 2, got 2]`,
    );
    expect(() => checkLabels([0, 1], { rows: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: checkLabels: expected as many labels as rows, got [2] and [3]]`,
    );
    expect(() => checkLabels(tensor([[0, 1]]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: checkLabels: expected labels [rows], got [1, 2]]`,
    );
  });
});

describe("classesOf", () => {
  it("numbers text, numbers and truth values, and gives them back", () => {
    const animals = classesOf(["dog", "cat", "ant", "dog"]);
    expect([animals.names, animals.length]).toEqual([["ant", "cat", "dog"], 3]);
    expect(animals.encode(["dog", "ant"])).toEqual(Int32Array.of(2, 0));
    expect(animals.decode(animals.encode(["dog", "ant"]))).toEqual(["dog", "ant"]);
    expect(animals.decode(tensor([1], { dtype: "i32" }))).toEqual(["cat"]);
    expect(classesOf([10, 9, -1, 10]).names).toEqual([-1, 9, 10]);
    expect(classesOf(tensor([7, 3, 7])).names).toEqual([3, 7]);
    expect(classesOf([true, false]).encode([true])).toEqual(Int32Array.of(1));
    expectTypeOf(classesOf(["a" as const]).decode([0])).toEqualTypeOf<"a"[]>();
  });

  it("is made again from its names, as saved", () => {
    const { names } = classesOf(["b", "a"]);
    expect(new Classes(JSON.parse(JSON.stringify(names))).encode(["b"])).toEqual(Int32Array.of(1));
  });

  it("names row and value of what it does not know", () => {
    const known = classesOf(["a", "b"]);
    expect(() => known.encode(["a", "z"])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Classes.encode: expected one of 2 known classes in row 1, got "z"]`,
    );
    expect(() => known.decode([0, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Classes.decode: expected a whole number from 0 to 1 in row 1, got 2]`,
    );
    expect(() => known.decode([0.5])).toThrow(/row 0, got 0.5/);
    expect(() => classesOf([])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Classes: expected at least one name, got []]`,
    );
    expect(() => classesOf([1, "1"])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: classesOf: expected text or numbers, all of one kind, in row 1, got "1"]`,
    );
    expect(() => classesOf([1, Number.NaN])).toThrow(/row 1, got NaN/);
    expect(() => new Classes(["a", "a"])).toThrowErrorMatchingInlineSnapshot(
      `[ArgumentError: Classes: expected names that differ, got "a"]`,
    );
  });
});
