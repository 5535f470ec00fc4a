import type { UnitReport } from "../diagnosis.ts";
import type { Finding } from "../finding.ts";
import type { FlowProfile } from "../flow/profile.ts";
import type { ActivationUse } from "../trace/network.ts";
import { detectGradientFlow } from "./gradient-flow.ts";
import { detectUnits } from "./units.ts";

/** What one pass says of a network: its units, then its flow. Where a layer is dead as a whole, the missing gradient below is the same finding. */
export function judgeNetwork(uses: readonly ActivationUse[], units: readonly UnitReport[], flow: FlowProfile): Finding[] {
  const dying = detectUnits(uses, units);
  const cut = units.some(({ dead, units: all }) => dead === all);
  return cut ? dying : [...dying, ...detectGradientFlow(flow)];
}
