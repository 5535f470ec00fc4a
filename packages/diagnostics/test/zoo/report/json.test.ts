import { expect, it } from "vitest";
import { jsonText } from "../../../zoo/report/json.ts";

it("lays out lists in a line and everything else in several, digits cut", () => {
  const value = { pair: [0, 0.123456], name: "a, [ b ]", deep: [{ x: 1234567 }], none: [], nothing: null };
  expect(jsonText(value)).toBe(`{
  "pair": [0, 0.1235],
  "name": "a, [ b ]",
  "deep": [
    {
      "x": 1234567
    }
  ],
  "none": [],
  "nothing": null
}
`);
  expect(JSON.parse(jsonText(value, 6))).toEqual(value);
});
