/** Prints as JSON the users that an AWS shows in some regions: `listUsers.js ENDPOINT REGION...`. */
import { DescribeUsersCommand as DescribeCacheUsers, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { IAMClient, ListUsersCommand } from "@aws-sdk/client-iam";
import { DescribeUsersCommand, MemoryDBClient } from "@aws-sdk/client-memorydb";
import type { LocalUser } from "../../local";

const BUILT_IN = "default";

async function main([endpoint = "", ...regions]: string[]): Promise<void> {
  const users = await Promise.all([iamUsers(config(endpoint, "us-east-1")), ...regions.map(inRegion)]);
  process.stdout.write(JSON.stringify(users.flat()));

  async function inRegion(region: string): Promise<LocalUser[]> {
    const settings = config(endpoint, region);
    const { Users: memoryDb = [] } = await new MemoryDBClient(settings).send(new DescribeUsersCommand({}));
    const { Users: elastiCache = [] } = await new ElastiCacheClient(settings).send(
      new DescribeCacheUsers({}),
    );
    return [
      ...memoryDb.map(({ Name, ARN, Status }) => user("memorydb", Name, ARN, Status)),
      ...elastiCache.map(({ UserId, ARN, Status }) => user("elasticache", UserId, ARN, Status)),
    ].filter(({ id }) => id !== BUILT_IN);
  }
}

async function iamUsers(settings: ReturnType<typeof config>): Promise<LocalUser[]> {
  const { Users = [] } = await new IAMClient(settings).send(new ListUsersCommand({}));
  return Users.map(({ UserName, Arn }) => user("iam", UserName, Arn, "active"));
}

function config(endpoint: string, region: string) {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  return { endpoint, region, credentials, maxAttempts: 1 };
}

function user(service: string, id = "", arn = "", status = ""): LocalUser {
  const [, , , region = "", account = ""] = arn.split(":");
  return { service, account, ...(region !== "" && { region }), id, status, attached: {} };
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
