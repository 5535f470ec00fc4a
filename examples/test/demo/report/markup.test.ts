import { describe, expect, it } from "vitest";
import { html } from "../../../demo/report/markup.ts";

describe("html", () => {
  it("escapes text, and only text", () => {
    const inner = html`<b>${'<script>"it\'s" & more'}</b>`;
    expect(html`<p title="${'"'}">${inner}${null}${[1, html`<i>2</i>`, "<"]}</p>`.text).toBe(
      '<p title="&quot;"><b>&lt;script&gt;&quot;it&#39;s&quot; &amp; more</b>1<i>2</i>&lt;</p>',
    );
  });
});
