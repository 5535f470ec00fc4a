import type { RemedyRecord, TreatmentRecord } from "../study/records.ts";
import { capitalized } from "./findings.ts";
import { html, type Markup } from "./markup.ts";

/** All remedies that were tried: the applied one with its code, the others that passed, those that failed. */
export function remediesBlock({ remedies, healed }: TreatmentRecord): Markup {
  const applied = healed?.applied.name;
  const passed = remedies.filter((remedy) => remedy.passed && remedy.name !== applied);
  const failed = remedies.filter((remedy) => !remedy.passed);
  return html`<h3>Remedies, each tried on a clone</h3>
${remedies.length === 0 ? html`<p>None applies.</p>` : null}
${healed === null ? null : appliedCard(healed.applied)}
${folded(passed, "passed too", "healed")}
${folded(failed, "failed on the clone", "sick")}`;
}

function appliedCard(remedy: RemedyRecord): Markup {
  return html`<article class="remedy applied">
<h4><span class="badge" style="--tone:var(--healed)">applied</span>${capitalized(remedy.name)}</h4>
<p>${capitalized(remedy.evidence)}</p>
<pre><code>${remedy.code}</code></pre>
</article>`;
}

function folded(remedies: readonly RemedyRecord[], outcome: string, tone: "sick" | "healed"): Markup | null {
  if (remedies.length === 0) return null;
  return html`<details><summary><b class="${tone}">${remedies.length}</b> ${outcome}:
${remedies.map(({ name }) => name).join(" · ")}</summary>
${remedies.map(
  (
    remedy,
  ) => html`<article class="remedy"><h4>${capitalized(remedy.name)}</h4><p>${capitalized(remedy.evidence)}</p>
${remedy.passed ? html`<pre><code>${remedy.code}</code></pre>` : null}</article>`,
)}</details>`;
}
