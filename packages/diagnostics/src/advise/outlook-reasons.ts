import { short } from "../words.ts";
import type { Outlook } from "./outlook.ts";

/** What an outlook says, in words: of what is harmless nothing but the gradient. */
export function outlookReasons(outlook: Outlook): string[] {
  const { attenuation, spread, distinct, unevenness, saturated, straight } = outlook;
  const draws = Number.isNaN(spread)
    ? ""
    : `, give or take a factor of ${short(Math.exp(spread))} by the draw`;
  const told = [
    `gradient first/last layer ${short(Math.exp(attenuation))}${draws}`,
    `${percent(distinct)} of the differences between examples reach the output`,
  ];
  if (unevenness > 1)
    told.push(`examples come out of uneven size, by a factor of ${short(Math.exp(unevenness))}`);
  if (saturated > 0.25) told.push(`${percent(saturated)} of the units lie where it is nearly flat`);
  if (straight > 0.8) told.push(`${percent(straight)} of what it does is a straight line`);
  return told;
}

const percent = (share: number): string => `${short(100 * share)} %`;
