import { randomBytes } from "node:crypto";
import { newAccessKeyId } from "../accounts";
import { type Members, ServiceError } from "../service";
import type { AccessKey, User } from "./account";
import {
  change,
  type IamOperations,
  keepQuota,
  needed,
  noSuchEntity,
  pageOf,
  type Scope,
  userToChange,
  userToRead,
} from "./operation";

const KEYS_PER_USER = 2;

/** Access keys. Requests signed with one of them count as its user's. */
export const accessKeyOperations: IamOperations = {
  CreateAccessKey: { run: createKey },
  ListAccessKeys: { run: listKeys },
  UpdateAccessKey: { required: ["AccessKeyId", "Status"], run: updateKey },
  DeleteAccessKey: { required: ["AccessKeyId"], run: deleteKey },
  GetAccessKeyLastUsed: { required: ["AccessKeyId"], run: lastUsed },
};

function createKey(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  keepQuota("AccessKeysPerUser", KEYS_PER_USER, row.user.accessKeys.length);
  const key: AccessKey = {
    id: newAccessKeyId("AKIA", scope.account.number),
    status: "Active",
    createDate: new Date(scope.caller.now),
  };
  change(row, { accessKeys: [...row.user.accessKeys, key] }, scope);
  return { AccessKey: { ...describe(row.user, key), SecretAccessKey: randomBytes(30).toString("base64") } };
}

function listKeys(input: Members, scope: Scope): Members {
  const user = userToRead(input, scope);
  const shown = (key: AccessKey) => describe(user, key);
  return pageOf("AccessKeyMetadata", user.accessKeys, ({ id }) => id, shown, input, scope);
}

function describe({ name }: User, { id, status, createDate }: AccessKey): Members {
  return { UserName: name, AccessKeyId: id, Status: status, CreateDate: createDate };
}

function updateKey(input: Members, scope: Scope): Members {
  const status = needed(input, "Status");
  return changeKeys(input, scope, (key) => [{ ...key, status }]);
}

function deleteKey(input: Members, scope: Scope): Members {
  return changeKeys(input, scope, () => []);
}

function changeKeys(input: Members, scope: Scope, changed: (key: AccessKey) => AccessKey[]): Members {
  const id = needed(input, "AccessKeyId");
  const row = userToChange(input, scope);
  if (!row.user.accessKeys.some((key) => key.id === id)) {
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  }
  const accessKeys = row.user.accessKeys.flatMap((key) => (key.id === id ? changed(key) : [key]));
  change(row, { accessKeys }, scope);
  return {};
}

/** A key that was never used has no date, and `N/A` for the rest. */
function lastUsed(input: Members, { account, caller }: Scope): Members {
  const id = needed(input, "AccessKeyId");
  const owner = account.users
    .allSeen(caller.now)
    .find(({ accessKeys }) => accessKeys.some((key) => key.id === id));
  if (!owner) {
    throw new ServiceError(
      "AccessDenied",
      `User is not authorized to perform: iam:GetAccessKeyLastUsed`,
      403,
    );
  }
  const { date, service, region } = account.keyUses.get(id) ?? { service: "N/A", region: "N/A" };
  return {
    UserName: owner.name,
    AccessKeyLastUsed: { LastUsedDate: date, ServiceName: service, Region: region },
  };
}
