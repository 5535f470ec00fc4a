import { attachRemedies, type Fault, type Finding, type VerifiedRemedy } from "@isograd/diagnostics";
import { expect, it } from "vitest";

const finding = (fault: Fault) => ({ fault }) as Finding;

const verified = (name: string, cures: readonly Fault[], passed = true): VerifiedRemedy<null> => ({
  remedy: { name, cures, code: `use(${name})`, measure: "flow", apply: () => {} },
  ...{ passed, evidence: `${name} was tried`, trialLoss: 1 },
});

it("gives each finding what passed and claims its fault, in the order given, and changes none", () => {
  const findings = [finding("vanishing"), finding("dead"), finding("nonFinite")];
  const remedies = [
    verified("second", ["dead", "vanishing"]),
    verified("first", ["vanishing"]),
    verified("failed", ["vanishing", "dead"], false),
  ];
  const attached = attachRemedies(findings, remedies);
  expect(attached.map((each) => each.remedies?.map(({ name }) => name))).toEqual([
    ["second", "first"],
    ["second"],
    [],
  ]);
  expect(attached[1]).toEqual({
    fault: "dead",
    remedies: [{ name: "second", code: "use(second)", evidence: "second was tried" }],
  });
  expect(findings.every((each) => !("remedies" in each))).toBe(true);
});
