/** A program that somebody who installed the packages might write. */
export interface Consumer {
  readonly name: string;
  /** The packages it installs, and no others. */
  readonly installs: readonly string[];
  /** Local name to module; each must export something. */
  readonly imports: Readonly<Record<string, string>>;
  /** Statements that are JavaScript and strict TypeScript at once and throw if something is wrong. */
  readonly body: string;
}

export const consumers: readonly Consumer[] = [
  {
    name: "autograd",
    installs: ["@isograd/autograd"],
    imports: { autograd: "@isograd/autograd" },
    body: `
      const { tensor, mul, sum, grad } = autograd;
      const gradient = grad((x) => sum(mul(x, x)))(tensor([1, 2, 3])).toArray();
      if (String(gradient) !== "2,4,6") throw new Error("expected 2,4,6, got " + gradient);
    `,
  },
  {
    name: "autograd with methods",
    installs: ["@isograd/autograd"],
    imports: { fluent: "@isograd/autograd/fluent" },
    body: "",
  },
  {
    name: "nn",
    installs: ["@isograd/autograd", "@isograd/nn"],
    imports: { nn: "@isograd/nn", progress: "@isograd/nn/progress" },
    body: "",
  },
  {
    name: "diagnostics without nn",
    installs: ["@isograd/autograd", "@isograd/diagnostics"],
    imports: { diagnostics: "@isograd/diagnostics" },
    body: "",
  },
  {
    name: "diagnostics with nn",
    installs: ["@isograd/autograd", "@isograd/nn", "@isograd/diagnostics"],
    imports: { diagnostics: "@isograd/diagnostics", remedies: "@isograd/diagnostics/nn" },
    body: "",
  },
];
