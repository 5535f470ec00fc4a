import { testExamples } from "../../../../scripts/examples/run.ts";

testExamples("diagnostics");
