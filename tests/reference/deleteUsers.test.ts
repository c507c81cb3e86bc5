import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { PROJECT_FOLDER } from "../../tools/project";
import { localAwsForEachTest } from "../local/start";
import { onlyWithPython, PYTHON } from "../python";

const SCRIPT = join(PROJECT_FOLDER, "tests/reference/deleteUsers.py");

type Results = Readonly<Record<string, readonly [there: Result, absent: Result]>>;
interface Result {
  readonly response?: Readonly<Record<string, unknown>>;
  readonly status?: number;
  readonly error?: string;
  readonly code?: string;
}

describe("The calls on boto3's pages about deleting users", () => {
  onlyWithPython();
  const start = localAwsForEachTest();

  it("give what the pages say, for users that are there and for those that are not", async () => {
    const aws = await start({ transitions: { createMs: 0, deleteMs: 0 } });
    const env = { ...process.env, ...aws.env, AWS_DEFAULT_REGION: "us-east-1" };
    const { stdout } = await promisify(execFile)(String(PYTHON), [SCRIPT], { env });
    const { memorydb, elasticache, iam, rekognition } = JSON.parse(stdout) as Results;

    assert.deepEqual(memorydb?.[0], {
      status: 200,
      response: {
        User: {
          Name: "ann",
          Status: "deleting",
          AccessString: "on ~* resetchannels +@all",
          ACLNames: [],
          MinimumEngineVersion: "6.2",
          Authentication: { Type: "password", PasswordCount: 1 },
          ARN: "arn:aws:memorydb:us-east-1:123456789012:user/ann",
        },
      },
    });
    assert.deepEqual(memorydb?.[1], { error: "UserNotFoundFault", code: "UserNotFoundFault" });

    assert.deepEqual(elasticache?.[0], {
      status: 200,
      response: {
        UserId: "ann",
        UserName: "ann",
        Status: "deleting",
        Engine: "redis",
        MinimumEngineVersion: "6.0",
        AccessString: "on ~* +@all",
        UserGroupIds: [],
        Authentication: { Type: "no-password", PasswordCount: 0 },
        ARN: "arn:aws:elasticache:us-east-1:123456789012:user:ann",
      },
    });
    assert.deepEqual(elasticache?.[1], { error: "UserNotFoundFault", code: "UserNotFound" });

    // The page says None, and so it is for what AWS returns; boto3 adds its own metadata.
    assert.deepEqual(iam?.[0], { status: 200, response: {} });
    assert.deepEqual(iam?.[1], { error: "NoSuchEntityException", code: "NoSuchEntity" });

    assert.deepEqual(rekognition?.[0], { status: 200, response: {} });
    const absent = "ResourceNotFoundException";
    assert.deepEqual(rekognition?.[1], { error: absent, code: absent });

    assert.deepEqual(aws.users(), []);
  });
});
