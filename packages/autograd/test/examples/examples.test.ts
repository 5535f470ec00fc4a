import { afterAll, expect } from "vitest";
import { testExamples } from "../../../../scripts/examples/run.ts";
import { matchers } from "../../src/vitest.ts";

// The examples' copy of the sources has given `expect` matchers that know only its own tensors.
afterAll(() => expect.extend(matchers));

testExamples("autograd");
