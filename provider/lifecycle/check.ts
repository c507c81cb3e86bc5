import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { CommonArgs } from "../args";
import { placedBelongings } from "../belongings";
import { REGION_SOURCES, type Settings } from "../config";
import { problemsOf } from "../inputs";
import type { NameRule, Problem, UserKind } from "../kind";
import { isRegional, regionOf } from "../regions";
import { hasUnknown, UNKNOWN } from "../unknown";
import type { Memory } from "./memory";
import { tagsAllProblems, withTagsAll } from "./tagsAll";

/** What a check finds: the complete inputs, or what is wrong with those declared. */
export interface Checked {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

type Inputs = Readonly<Record<string, unknown>>;

/**
 * Completes declared inputs by name, region, tags of the stack and defaults, and checks them. Asks AWS nothing.
 *
 * @param olds The checked inputs of before, empty for a new resource and for the second check of a replacement.
 */
export async function check(
  kind: UserKind,
  settings: Settings,
  memory: Memory,
  say: (line: string) => void,
  olds: Inputs,
  news: Inputs,
): Promise<Checked> {
  const { hint, ...declared } = declaredIn(withoutNulls(news), olds);
  const urn = typeof hint === "string" ? hint : "";
  const before = whereaboutsIn(kind, olds) ?? memory.recall(urn);
  const region = await chooseRegion(kind, settings, memory, declared["region"], before?.region, say);
  const name = declared[kind.name.property] ?? before?.name ?? automaticName(urn, kind.name);
  const named = { ...declared, [kind.name.property]: name, ...(region !== undefined && { region }) };
  const complete = { ...kind.defaults(named as Partial<CommonArgs>), ...named };
  const problems = problemsOf(kind, complete, olds);
  if (region === undefined) problems.push({ path: "region", rule: `was not found in ${REGION_SOURCES}` });
  if (problems.length === 0 && region !== UNKNOWN && typeof name === "string" && name !== UNKNOWN) {
    memory.remember(urn, { region: String(region), name });
  }
  for (const thing of placedBelongings(kind, complete)) memory.claim(thing);
  const inputs = withTagsAll(kind, settings, urn, complete);
  if (whereaboutsIn(kind, olds) !== undefined) {
    const awsKey = kind.awsKey(olds as unknown as CommonArgs);
    memory.mark(awsKey, "state");
    memory.leaveOpen(
      awsKey,
      Object.keys(inputs).filter((key) => hasUnknown(inputs[key])),
    );
  }
  return { inputs, problems: problems.length > 0 ? problems : tagsAllProblems(kind, settings, inputs) };
}

/** An import checks inputs again that are as a check leaves them, with {@link withTagsAll} done. */
function declaredIn({ tagsAll, ...inputs }: Inputs, olds: Inputs): Inputs {
  return tagsAll === undefined || isDeepStrictEqual(tagsAll, olds["tagsAll"])
    ? inputs
    : { ...inputs, tagsAll };
}

function whereaboutsIn(kind: UserKind, olds: Inputs) {
  const { region, [kind.name.property]: name } = olds;
  return typeof region === "string" && typeof name === "string" ? { region, name } : undefined;
}

/** The declared region, else the one where the user is, else that of the configuration or the environment. */
async function chooseRegion(
  kind: UserKind,
  settings: Settings,
  memory: Memory,
  declared: unknown,
  before: string | undefined,
  say: (line: string) => void,
): Promise<unknown> {
  if (declared !== undefined) return declared;
  if (before === undefined) return regionOf(kind, settings);
  if (isRegional(kind) && settings.region !== undefined && settings.region !== before) {
    const line = `the configured region is ${settings.region}; ${kind.label}s in ${before} that declare no region stay there`;
    if (memory.isNews(line)) say(line);
  }
  return before;
}

/** The resource's name and a hash of its URN, in the characters and the length that AWS allows. */
function automaticName(urn: string, { maxLength, forbidden, lowerCase }: NameRule): string {
  const hash = createHash("sha256").update(urn).digest("hex").slice(0, 7);
  const resource = urn.split("::").slice(3).join("-");
  const allowed = (lowerCase ? resource.toLowerCase() : resource).replaceAll(forbidden, "-");
  const tidy = allowed.replaceAll(/-{2,}/g, "-").replace(/^[^a-zA-Z]+/, "");
  const start = tidy.slice(0, maxLength - hash.length - 1).replace(/-$/, "") || "user";
  return `${start}-${hash}`;
}

/** Languages differ in what they send for something left out. */
function withoutNulls(inputs: Inputs): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).filter(([, value]) => value !== null && value !== undefined),
  );
}
