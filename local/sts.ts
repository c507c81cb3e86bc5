import { randomBytes } from "node:crypto";
import { newAccessKeyId } from "./accounts";
import { newUniqueId } from "./identifiers";
import { type Caller, type LocalService, type Members, ServiceError, type Settings } from "./service";

/** An assumed role, as its temporary credentials answer for it. */
interface Session {
  readonly arn: string;
  readonly userId: string;
}

/** STS as far as a provider asks it: who am I, and temporary credentials of a role in another account. */
export function createSts(_settings: Settings): LocalService {
  const sessions = new Map<string, Session>();
  return {
    name: "sts",
    wire: {
      protocol: "query",
      version: "2011-06-15",
      xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    },
    operations: {
      GetCallerIdentity: (_input, { account, accessKeyId }) => {
        const { arn, userId } = sessions.get(accessKeyId) ?? rootOf(account);
        return { Arn: arn, UserId: userId, Account: account };
      },
      AssumeRole: (input, caller) => assumeRole(input, caller, sessions),
    },
    users: () => [],
    reset: () => sessions.clear(),
  };
}

function rootOf(account: string): Session {
  return { arn: `arn:aws:iam::${account}:root`, userId: account };
}

/** Every role exists and trusts everybody: what is tested is the account that the credentials belong to. */
function assumeRole(input: Members, { now }: Caller, sessions: Map<string, Session>): Members {
  const { RoleArn, RoleSessionName } = input;
  const [, account, role] =
    /^arn:aws[\w-]*:iam::(\d{12}):role\/(?:\S+\/)?([^\s/]+)$/.exec(String(RoleArn)) ?? [];
  if (!account || !role) {
    throw new ServiceError("ValidationError", `${String(RoleArn)} is invalid`);
  }
  if (typeof RoleSessionName !== "string" || !/^[\w+=,.@-]{2,64}$/.test(RoleSessionName)) {
    throw new ServiceError("ValidationError", `${String(RoleSessionName)} is an invalid session name`);
  }
  const accessKeyId = newAccessKeyId("ASIA", account);
  const session = {
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${RoleSessionName}`,
    userId: `${newUniqueId("AROA")}:${RoleSessionName}`,
  };
  sessions.set(accessKeyId, session);
  const seconds = Number(input["DurationSeconds"] ?? 3600);
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: randomBytes(30).toString("base64"),
      SessionToken: randomBytes(60).toString("base64"),
      Expiration: new Date(now + seconds * 1000),
    },
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
  };
}
