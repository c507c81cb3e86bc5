import assert from "node:assert/strict";
import { CreateCollectionCommand, RekognitionClient } from "@aws-sdk/client-rekognition";
import type { Call, CallLimit } from "../../local";
import { iam, rekognition } from "../../sdk";
import { clientConfig, localAwsForEachTest } from "../local/start";
import { callsDuring, idsAlive } from "./fixtures";
import { openStack, type TestStack } from "./harness";

const CollectionId = "lobby";
const STACKS = ["one", "two", "three"];
const IAM_USERS = 15;
const REKOGNITION_USERS = 8;

/** What the account takes of all three together, in calls a second. */
const LIMITS: readonly CallLimit[] = [
  { operation: "iam:CreateUser", perSecond: 10 },
  { operation: "iam:GetUser", perSecond: 10 },
  { operation: "iam:DeleteUser", perSecond: 10 },
  { operation: "rekognition:*", perSecond: 5 },
];

describe("Several engines on one account at once", () => {
  const start = localAwsForEachTest();
  const stacks: TestStack[] = [];
  afterEach(async () => {
    for (const stack of stacks.splice(0)) await stack.close();
  });

  it("all make and delete their users below the limits that they share, and are seldom throttled", async () => {
    const aws = await start({ transitions: { createMs: 50, deleteMs: 50 }, limits: LIMITS });
    await new RekognitionClient(clientConfig(aws)).send(new CreateCollectionCommand({ CollectionId }));
    for (const name of STACKS) stacks.push(await openStack({ name, program: usersOf(name), env: aws.env }));

    const ups = await callsDuring(aws, () => Promise.all(stacks.map((stack) => stack.up({ parallel: 40 }))));
    assert.deepEqual(idsAlive(aws).sort(), STACKS.flatMap(idsOf).sort());
    assertBounded(ups, ["iam:CreateUser", "rekognition:CreateUser"]);

    const destroys = await callsDuring(aws, () =>
      Promise.all(stacks.map((stack) => stack.destroy({ parallel: 40 }))),
    );
    assert.deepEqual(idsAlive(aws), []);
    for (const stack of stacks) assert.deepEqual(await stack.resourceNames(), []);
    assertBounded(destroys, ["iam:GetUser", "iam:DeleteUser", "rekognition:DeleteUser"]);
  });
});

function usersOf(stack: string): () => void {
  return () => {
    for (const userName of namesOf(stack, "iam", IAM_USERS)) new iam.User(userName, { userName });
    for (const userId of namesOf(stack, "rekognition", REKOGNITION_USERS)) {
      new rekognition.User(userId, { collectionId: CollectionId, userId });
    }
  };
}

function idsOf(stack: string): string[] {
  return [...namesOf(stack, "iam", IAM_USERS), ...namesOf(stack, "rekognition", REKOGNITION_USERS)];
}

function namesOf(stack: string, service: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${stack}-${service}-${index}`);
}

/**
 * Throttled calls for each that is taken, at most. Where no limit is documented, all that wait ask at once before
 * anything is known: each is throttled about once, and few of them again. A documented limit is kept to from the
 * first call, and each process only has to find its part. Processes that know no pace have four or more.
 */
const THROTTLED_AT_MOST: Readonly<Record<string, number>> = { iam: 2, rekognition: 1 };

function assertBounded(calls: readonly Call[], operations: readonly string[]): void {
  for (const name of operations) {
    const of = calls.filter(({ service, operation }) => `${service}:${operation}` === name);
    const throttled = of.filter(({ error }) => error?.startsWith("Throttling")).length;
    const taken = of.length - throttled;
    const most = THROTTLED_AT_MOST[name.split(":")[0] ?? ""] ?? 0;
    assert.ok(throttled <= most * taken, `${name}: ${throttled} throttled, ${taken} taken`);
  }
}
