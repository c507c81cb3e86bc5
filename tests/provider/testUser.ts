import { z } from "zod";
import type { CommonArgs } from "../../provider/args";
import type { Blocker } from "../../provider/gateway";
import type { UserKind } from "../../provider/kind";
import { common, flag, tags, text } from "../../provider/shapes";

/** The arguments of a {@link testUser}. */
export interface TestArgs extends CommonArgs {
  readonly userName: string;
  readonly colour: string;
  readonly login?: { readonly words?: readonly string[] };
}

/** A {@link testUser} as its service shows it. */
export interface TestLive {
  readonly userName: string;
  readonly status: string;
  readonly colour: string;
  readonly uid: string;
}

const inputs = z.strictObject({
  ...common,
  userName: text(/^[a-z][a-z0-9-]{0,19}$/, "must have 1 to 20 lower-case letters"),
  colour: text(/^\w+$/, "must be one word"),
  login: z.strictObject({ words: z.array(text(/^.{16,}$/, "must be long")).optional() }).optional(),
  tags: tags.optional(),
  forceDestroy: z.union([flag, z.record(z.string(), flag)], { error: "must be kinds" }).optional(),
});

/** The smallest kind of user that has everything: a status that takes time, secrets, tags, blockers, each fault. */
export const testUser: UserKind<TestArgs, TestLive> = {
  label: "Test user",
  service: "test",
  inputs,
  rules: ({ userName, colour }) =>
    userName !== undefined && userName === colour ? [{ path: "colour", rule: "must not be userName" }] : [],
  defaults: () => ({ colour: "grey" }),
  name: { property: "userName", maxLength: 20, forbidden: /[^a-z0-9-]/g, lowerCase: true },
  replaces: ["region", "userName"],
  same: { colour: (one: string, other: string) => one.toLowerCase() === other.toLowerCase() },
  secrets: [["login", "words"]],
  awsKey: ({ region, userName }) => `${region}/${userName}`,
  id: ({ userName }) => userName,
  connect: () => {
    throw new Error("this kind has no gateway of its own");
  },
  listing: { shows: "everything", findWalks: false, group: () => "", key: (id) => id },
  phase: ({ status }) => (status === "active" ? "ready" : status === "deleting" ? "deleting" : "pending"),
  status: ({ status }) => status,
  missesUntilGone: 1,
  faults: {
    Gone: "gone",
    Exists: "exists",
    Busy: "busy",
    Slow: "throttled",
    Broken: "transient",
    Blocked: "blocked",
    Odd: "unclear",
  },
  observed: ({ userName, colour }, past) => ({
    userName,
    colour,
    ...(past.login !== undefined && { login: past.login }),
  }),
  outputs: ({ uid, status }) => ({ uniqueId: uid, status }),
};

/** As {@link testUser}, with reads that lag and an identity of each user: like IAM. */
export const laggingUser: UserKind<TestArgs, TestLive> = {
  ...testUser,
  missesUntilGone: 2,
  identity: ({ uid }) => uid,
};

/** The live user `ann`. */
export function live(of: Partial<TestLive> = {}): TestLive {
  return { userName: "ann", status: "active", colour: "grey", uid: "U1", ...of };
}

/** The checked inputs of `ann`. */
export function inputsOf(of: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { region: "eu-central-1", userName: "ann", colour: "grey", __provider: "the provider", ...of };
}

/** The state of `ann` when all went well. */
export function stateOf(of: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    ...inputsOf(),
    uniqueId: "U1",
    status: "active",
    accountId: "123456789012",
    stateVersion: 1,
    ...of,
  };
}

/** Something that hangs on `ann`. */
export function blocker(id: string, of: Partial<Blocker> = {}): Blocker {
  return { kind: "keys", noun: "access key", id, ...of };
}
