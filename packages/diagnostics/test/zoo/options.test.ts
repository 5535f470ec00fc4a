import { expect, it } from "vitest";
import { parseOptions } from "../../zoo/options.ts";

it("the whole published set is the default, and nothing less counts as it", () => {
  const whole = parseOptions([]);
  expect(whole).toMatchObject({ set: "published", isWhole: true, repairs: true, keep: "same" });
  expect([whole.healthy >= 473, whole.faulty >= 200]).toEqual([true, true]);
  for (const args of [
    ["--quick"],
    ["--set", "tuning"],
    ["--family", "blob"],
    ["--healthy", "9"],
    ["--faulty", "9"],
  ])
    expect(parseOptions(args).isWhole).toBe(false);
});

it("counts and switches are read", () => {
  const options = parseOptions([
    "--",
    "--set",
    "tuning",
    "--healthy",
    "40",
    "--faulty",
    "0",
    "--fresh",
    "--no-repair",
  ]);
  expect(options).toMatchObject({ set: "tuning", healthy: 40, faulty: 0, keep: "nothing", repairs: false });
  expect(parseOptions(["--resume"]).keep).toBe("all");
});

it("what is not understood is refused", () => {
  expect(() => parseOptions(["--set", "test"])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: --set: expected one of tuning, calibration, published, got test]`,
  );
  expect(() => parseOptions(["--healthy", "-3"])).toThrow();
  expect(() => parseOptions(["--healthy", "many"])).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: --healthy: expected a whole number, got many]`,
  );
  expect(() => parseOptions(["--unknown"])).toThrow();
});
