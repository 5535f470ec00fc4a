import { sigmoid } from "@isograd/autograd";
import { diagnose, type Finding, findingCard, htmlReport, type WatchedStep } from "@isograd/diagnostics";
import { crossEntropy } from "@isograd/nn";
import { describe, expect, it } from "vitest";
import { html } from "../../../src/report/html/markup.ts";
import { classes } from "../../networks/data.ts";
import { plain } from "../../networks/plain.ts";

const model = plain({ width: 12, depth: 12, activation: sigmoid, weights: 1, seed: "page" });
const diagnosis = diagnose(model, classes({ seed: "page" }), crossEntropy, { redraws: 4 });
const [finding] = diagnosis.findings;
const history: WatchedStep[] = [0, 1, 2].map((step) => ({
  ...{ step, loss: 1, gradientNorm: 1, totalFactor: Number.NaN, places: ["<b>", "a"] },
  layerNorms: [10, [0, Number.NaN, 0.01][step]],
}));
const run = { history, findings: [{ finding: { ...finding, fault: "divergent" as const }, step: 2 }] };
const page = htmlReport({ title: "A <title> & more", diagnosis, run });

const count = (text: string, part: string | RegExp): number => text.split(part).length - 1;

/** The terms of the list in a card. */
const terms = (card: string): (string | undefined)[] =>
  [...card.matchAll(/<dt>(.*?)<\/dt>/g)].map(([, term]) => term);

describe("htmlReport", () => {
  it("refers to nothing outside itself, and runs no script", () => {
    expect(page).not.toMatch(/https?:|\bsrc=|\bhref=|url\(|@import|<link|<script|<iframe|<object/i);
    expect(page).not.toMatch(/\son\w+=/i);
  });

  it("closes what it opens, in order", () => {
    const open: string[] = [];
    for (const [, end, name] of page.matchAll(/<(\/?)([a-z]\w*)[^>]*>/g)) {
      if (name === "meta") continue;
      if (end === "") open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });

  it("escapes what it is given", () => {
    expect(page).toContain("<h1>A &lt;title&gt; &amp; more</h1>");
    expect(page).toContain("&lt;b&gt;");
    expect(page).not.toContain("<b></th>");
  });

  it("shows gradient flow against the band, and the findings", () => {
    expect(page).toContain("<h2>Before the first step: vanishing</h2>");
    expect(count(page, '<span class="measured">●</span>')).toBe(12 + 1);
    expect(count(page, '<span class="band">')).toBeGreaterThan(1);
    expect(count(page, '<article class="finding"')).toBe(diagnosis.findings.length + 1);
  });

  it("shows training as a map of layer by step, with what was found when", () => {
    expect(page).toContain("<h2>Training, 3 steps: divergent</h2>");
    const rows = [...page.matchAll(/<tr.*?<\/tr>/g)].map(([row]) => row);
    expect(rows.map((row) => count(row, "<td"))).toEqual([3, 3, 3]);
    expect(rows[0]).toContain(
      '<td class="zero" title="zero, step 0"></td><td class="broken" title="not finite, step 1">',
    );
    expect(rows[0]).toContain('<td style="--heat:0" title="0.01, step 2">');
    expect(count(rows[1], '<td style="--heat:100" title="10, step')).toBe(3);
    expect(page).toContain("at step 2</h4>");
  });

  it("is as much as there is", () => {
    expect(htmlReport({})).not.toContain("<section>");
    expect(htmlReport({ run: { history: [], findings: [] } })).toContain(
      "<h2>Training, 0 steps: nothing found</h2>",
    );
    expect(htmlReport({ run: { history: [], findings: [] } })).toContain("<p>No findings.</p>");
  });
});

describe("findingCard", () => {
  const bare: Finding = {
    ...{ ...finding, band: null, pValue: null, causes: [], places: ["one"] },
    measured: { statistic: "example 2 holds NaN", value: Number.NaN },
  };

  it("has the parts that the finding has", () => {
    const [measured, healthy, does, why, helps, disproof] = [
      ...["Measured", "Healthy networks", "What it does", "Why", "What helps", "What would disprove it"],
    ];
    expect(terms(findingCard(finding))).toEqual([measured, healthy, does, why, disproof]);
    expect(terms(findingCard(bare))).toEqual([measured, does, disproof]);
    const remedies = ["first", "second", "third"].map((name) => ({
      name,
      code: `use(${name} < 1);`,
      evidence: "worked",
    }));
    const cured = findingCard({ ...finding, remedies });
    expect(terms(cured)).toEqual([measured, healthy, does, why, helps, disproof]);
    expect(cured).toContain("<pre><code>use(first &lt; 1);</code></pre>");
    expect(cured).toContain("<summary>2 more</summary>");
    expect(findingCard({ ...finding, remedies: remedies.slice(0, 1) })).not.toContain("<details>");
    expect(terms(findingCard({ ...finding, remedies: [] }))).not.toContain(helps);
  });

  it("names one place or a few, the first and last of many, or the whole network", () => {
    const where = (places: readonly string[]) =>
      /<\/span>(Vanishing in .*)<\/h4>/.exec(findingCard({ ...bare, places }))?.[1];
    expect(where([])).toBe("Vanishing in the whole network");
    expect(where(["a", "b"])).toBe("Vanishing in <code>a, b</code>");
    expect(where(["a", "b", "c", "d"])).toBe(
      'Vanishing in <code>a</code> … <code>d</code> <span class="soft">(4 layers)</span>',
    );
  });
});

describe("html", () => {
  it("escapes text, and only text", () => {
    const inner = html`<b>${'<script>"it\'s" & more'}</b>`;
    expect(html`<p title="${'"'}">${inner}${null}${[1, html`<i>2</i>`, "<"]}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;script&gt;&quot;it&#39;s&quot; &amp; more</b>1<i>2</i>&lt;</p>',
    );
  });
});
