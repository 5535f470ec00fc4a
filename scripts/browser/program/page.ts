import { run } from "./main.ts";

declare const document: {
  createElement(name: "pre"): { textContent: string };
  body: { append(element: object): void };
};

// What is computed becomes the text of the page, where who opened it can read it under any policy.
const outcome = document.createElement("pre");
outcome.textContent = JSON.stringify(await run());
document.body.append(outcome);
