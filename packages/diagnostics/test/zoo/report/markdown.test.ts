import { expect, it } from "vitest";
import { plain, table } from "../../../zoo/report/markdown.ts";

it("lets no text be taken for Markdown", () => {
  expect(plain("a | b")).toBe("a \\| b");
  expect(plain("*a* _b_ `c` [d](e) <f> # ~g~ $h$ \\")).toBe(
    "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\<f> \\# \\~g\\~ \\$h\\$ \\\\",
  );
  expect(plain("two\n  lines\r\nand a third")).toBe("two lines and a third");
});

it("lays tables out", () => {
  expect(table(["a", "longer"], [["1234", "x"]])).toEqual([
    "| a    | longer |",
    "| ---- | ------ |",
    "| 1234 | x      |",
  ]);
  expect(table(["a"], [])).toEqual(["| a   |", "| --- |"]);
});
