import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { reportPage } from "../../../demo/report/page.ts";
import { sampleCase, sampleStory } from "../sample.ts";

const page = reportPage(sampleStory);
const { document } = parseHTML(page);
const texts = (selector: string): string[] =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent ?? "");

describe("reportPage", () => {
  it("refers to nothing outside itself and runs no script", () => {
    expect(page).not.toMatch(/https?:|\/\/[a-z]|\bsrc=|\bhref=|url\(|@import|<link|<script|<iframe|<object/i);
    expect(page).not.toMatch(/\son\w+=/i);
  });

  it("has a headline, a summary row and a section for each network", () => {
    expect(texts("h1")).toEqual(["3 of 3 sick networks healed"]);
    expect(texts("tbody tr")).toHaveLength(3);
    expect(texts("h2")).toEqual([
      "1. Vanishing: A vanishing network",
      "2. Exploding: A exploding network",
      "3. Dead: A dead network",
    ]);
  });

  it("gives evidence, consequence, causes and what would disprove each finding", () => {
    expect(texts(".finding:first-of-type dt").slice(0, 5)).toEqual([
      "Measured",
      "Healthy networks",
      "What it does",
      "Why",
      "What would disprove it",
    ]);
    expect(page).toContain("the slope of sigmoid is 1/4 &lt;at most&gt;");
  });

  it("shows applied, passed and failed remedies, with code to paste where they passed", () => {
    const [first] = document.querySelectorAll("section:nth-of-type(2)");
    expect([...first.querySelectorAll(".remedy")]).toHaveLength(3);
    expect([...first.querySelectorAll(".remedy pre")]).toHaveLength(2);
    expect(first.querySelector(".remedy.applied pre")?.textContent).toContain(
      'calculateGain("tanh"); // 5/3',
    );
  });

  it("draws a described picture of each curve, for wide and for narrow screens", () => {
    const pictures = [...document.querySelectorAll("svg[role=img]")];
    expect(pictures).toHaveLength(3 * 4);
    for (const picture of pictures) {
      expect(picture.getAttribute("aria-label")).toBeTruthy();
      expect(picture.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
    }
    const [flow] = pictures;
    expect(
      flow.querySelectorAll("[aria-label=dot] title, [aria-label=dot] circle, [aria-label=dot] path").length,
    ).toBeGreaterThanOrEqual(60);
  });

  it("owns up to networks that were not healed", () => {
    const hopeless = sampleCase(2, "exploding");
    const story = {
      ...sampleStory,
      cases: [{ ...hopeless, treatment: { ...hopeless.treatment, remedies: [], healed: null } }],
    };
    const text = reportPage(story);
    expect(text).toContain("0 of 1 sick networks healed");
    expect(text).toContain("no remedy passed");
  });

  it("says that a quick run is one", () => {
    expect(page).not.toContain("A quick run");
    expect(reportPage({ ...sampleStory, quick: true })).toContain("A quick run");
  });
});
