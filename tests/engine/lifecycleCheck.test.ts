import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { elasticache, iam, memorydb, rekognition } from "../../sdk";
import { scenes, showsStack } from "./fixtures";

const accessString = "on ~* +@all";
const authentication = { type: "iam" } as const;
/** Arguments that the types of this package forbid, as a JavaScript program may pass them. */
const untyped = (args: object) => args as never;

/** A declaration, and how each rule that it breaks begins in the message. */
interface Mistake {
  readonly program: () => void;
  readonly rules: readonly string[];
}

const MISTAKES: readonly Mistake[] = [
  {
    program: () =>
      void new iam.User("user", { userName: "a user", path: "ci", permissionsBoundary: "ReadOnly" }),
    rules: [
      "userName must have 1 to 64 characters, letters, digits and _ + = , . @ -",
      "path must begin and end with /",
      "permissionsBoundary must be the ARN of a policy",
    ],
  },
  {
    program: () =>
      void new iam.User(
        "user",
        untyped({ forceDestory: true, timeouts: { delete: "soon" }, tags: { "aws:a": "" } }),
      ),
    rules: [
      "forceDestory is not a property; did you mean forceDestroy?",
      "timeouts.delete must be a duration such as 90s, 10m or 1h30m",
      "tags.aws:a must not have keys that begin with aws:, which AWS reserves",
    ],
  },
  {
    program: () => {
      const authentication = { type: "iam", passwords: ["long enough for AWS"] } as const;
      new memorydb.User("user", untyped({ userName: "default", accessString: " ", authentication }));
    },
    rules: [
      "userName must not be default",
      "accessString must not be empty",
      "authentication.passwords must be left out with type iam",
    ],
  },
  {
    program: () =>
      void new elasticache.User("user", {
        userId: "a",
        userName: "b",
        engine: "valkey",
        accessString,
        authentication,
      }),
    rules: ["userName must equal userId"],
  },
  {
    program: () => {
      const lobby = { collectionId: "a lobby", userId: "x".repeat(129), region: "europe" };
      new rekognition.User("user", lobby);
    },
    rules: ["collectionId must", "userId must", "region must be an AWS region such as eu-central-1"],
  },
];

describe("bad input, in a preview", () => {
  const begin = scenes();

  it("is named by its path and the rules that it breaks, before any call to AWS", async () => {
    const { aws, stack } = await begin({ program: () => {} });
    for (const { program, rules } of MISTAKES) {
      stack.setProgram(program);
      const { output, messages } = await stack.failing.preview();
      const problems = messages.filter(({ severity }) => severity === "error").map(({ text }) => text);
      for (const rule of rules) {
        assert.ok(
          problems.some((text) => text.includes(`'user' has a problem: ${rule}`)),
          `${rule}\n${output}`,
        );
      }
      assert.ok(!showsStack(output), output);
    }
    assert.deepEqual(aws.calls(), []);
  });

  it("says where a region was looked for when there is none", async () => {
    const program = () => void new memorydb.User("reader", { accessString, authentication });
    const { aws, stack } = await begin({ program, env: { AWS_REGION: undefined } });
    const { output } = await stack.failing.preview();
    assert.match(
      output,
      /region was not found in the argument region, .*aws-users:region and aws:region, .*AWS_REGION/,
    );
    assert.deepEqual(aws.calls(), []);
  });

  it("passes while it is not known, and is found when it is", async () => {
    const program = () => {
      const { uniqueId } = new iam.User("known", { userName: "ann" });
      const path = pulumi.interpolate`${uniqueId} is no path`;
      new iam.User("later", { userName: "bob", path, tags: { of: uniqueId } });
    };
    const { stack } = await begin({ program });
    assert.deepEqual((await stack.preview()).changes, ["create known", "create later"]);
    assert.match((await stack.failing.up()).output, /'later' has a problem: path must begin and end with \//);
    assert.deepEqual(await stack.resourceNames(), ["known"]);
  });
});
