import { createHash } from "node:crypto";
import { newUniqueId } from "../identifiers";
import type { Members } from "../service";
import type { SshKey, User } from "./account";
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
import { NEW_NAME } from "./validation";

const KEYS_PER_USER = 5;
const rules = { UserName: NEW_NAME };

/** SSH public keys for CodeCommit. Any text is taken for one. */
export const sshKeyOperations: IamOperations = {
  UploadSSHPublicKey: { required: ["UserName", "SSHPublicKeyBody"], rules, run: upload },
  ListSSHPublicKeys: { rules, run: listKeys },
  DeleteSSHPublicKey: { required: ["UserName", "SSHPublicKeyId"], rules, run: remove },
};

function upload(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  keepQuota("SSHPublicKeysPerUser", KEYS_PER_USER, row.user.sshKeys.length);
  const key: SshKey = {
    id: newUniqueId("APKA"),
    body: needed(input, "SSHPublicKeyBody"),
    uploadDate: new Date(scope.caller.now),
  };
  change(row, { sshKeys: [...row.user.sshKeys, key] }, scope);
  const body = { Fingerprint: fingerprintOf(key.body), SSHPublicKeyBody: key.body };
  return { SSHPublicKey: { ...describe(row.user, key), ...body } };
}

function listKeys(input: Members, scope: Scope): Members {
  const user = userToRead(input, scope);
  const shown = (key: SshKey) => describe(user, key);
  return pageOf("SSHPublicKeys", user.sshKeys, ({ id }) => id, shown, input, scope);
}

function remove(input: Members, scope: Scope): Members {
  const wanted = needed(input, "SSHPublicKeyId");
  const row = userToChange(input, scope);
  const sshKeys = row.user.sshKeys.filter(({ id }) => id !== wanted);
  if (sshKeys.length === row.user.sshKeys.length) {
    throw noSuchEntity(`The Public Key with id ${wanted} cannot be found.`);
  }
  change(row, { sshKeys }, scope);
  return {};
}

function describe({ name }: User, { id, uploadDate }: SshKey): Members {
  return { UserName: name, SSHPublicKeyId: id, Status: "Active", UploadDate: uploadDate };
}

function fingerprintOf(body: string): string {
  return createHash("md5").update(body).digest("hex").replace(/..\B/g, "$&:");
}
