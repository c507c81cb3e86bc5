import { accountOf } from "../accounts";
import type { Caller, LocalService, LocalUser, Operation, Settings } from "../service";
import { accessKeyOperations } from "./accessKeys";
import { type Account, createAccount, type User } from "./account";
import { blockersOf } from "./blockers";
import { certificateOperations } from "./certificates";
import { groupOperations } from "./groups";
import { inlinePolicyOperations } from "./inlinePolicies";
import { noteUse } from "./lastUse";
import { loginProfileOperations } from "./loginProfile";
import { mfaOperations } from "./mfa";
import type { IamOperation, IamOperations } from "./operation";
import { policyOperations } from "./policies";
import { serviceCredentialOperations } from "./serviceCredentials";
import { sshKeyOperations } from "./sshKeys";
import { tagOperations } from "./tags";
import { userOperations } from "./users";
import { validate } from "./validation";

const OPERATIONS: IamOperations = {
  ...userOperations,
  ...tagOperations,
  ...groupOperations,
  ...policyOperations,
  ...inlinePolicyOperations,
  ...loginProfileOperations,
  ...accessKeyOperations,
  ...certificateOperations,
  ...sshKeyOperations,
  ...serviceCredentialOperations,
  ...mfaOperations,
};

/** IAM users and all that can hang on them. Accounts come into being with their first call. */
export function createIam(settings: Settings): LocalService {
  const accounts = new Map<string, Account>();
  const accountFor = ({ account: number }: Caller): Account => {
    const account = accounts.get(number) ?? createAccount(number, settings.iamLagMs);
    accounts.set(number, account);
    return account;
  };
  const served = ({ required = [], rules = {}, run }: IamOperation): Operation => {
    return (input, caller) => {
      validate(input, required, rules);
      return run(input, { account: accountFor(caller), caller, settings });
    };
  };
  return {
    name: "iam",
    wire: {
      protocol: "query",
      version: "2010-05-08",
      xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/",
    },
    operations: Object.fromEntries(
      Object.entries(OPERATIONS).map(([name, operation]) => [name, served(operation)]),
    ),
    users: () =>
      [...accounts.values()].flatMap(({ number, users }) =>
        users.allCurrent().map((user) => localUser(user, number)),
      ),
    noteUse: (use, now) => {
      const account = accounts.get("account" in use ? use.account : accountOf(use.accessKeyId));
      return account !== undefined && noteUse(use, account, now);
    },
    reset: () => accounts.clear(),
  };
}

/** IAM users have no state of their own: one that is there is active. */
function localUser(user: User, account: string): LocalUser {
  const attached = Object.fromEntries(blockersOf(user).map(({ kind, ids }) => [kind, ids]));
  return { service: "iam", account, id: user.name, status: "active", attached };
}
