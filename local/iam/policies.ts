import { newUniqueId } from "../identifiers";
import { type Members, ServiceError } from "../service";
import type { Account, Policy } from "./account";
import {
  alreadyExists,
  change,
  deleteConflict,
  type IamOperations,
  keepQuota,
  needed,
  noSuchEntity,
  pageOf,
  type Scope,
  text,
  userToChange,
  userToRead,
} from "./operation";
import { NEW_NAME } from "./validation";

const POLICIES_PER_USER = 10;

/** Managed policies, and which users they are attached to. AWS's own exist without being made. */
export const policyOperations: IamOperations = {
  CreatePolicy: { required: ["PolicyName", "PolicyDocument"], run: createPolicy },
  DeletePolicy: { required: ["PolicyArn"], run: deletePolicy },
  AttachUserPolicy: { required: ["UserName", "PolicyArn"], rules: { UserName: NEW_NAME }, run: attach },
  DetachUserPolicy: { required: ["UserName", "PolicyArn"], rules: { UserName: NEW_NAME }, run: detach },
  ListAttachedUserPolicies: { required: ["UserName"], rules: { UserName: NEW_NAME }, run: listAttached },
};

/** Refuses what is no policy that could bound a user. @throws InvalidInput, NoSuchEntity */
export function requireBoundary(arn: string, account: Account): void {
  requireArn(arn);
  if (!exists(arn, account)) {
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  }
}

/** Refuses what is no JSON object. @throws MalformedPolicyDocument */
export function requireDocument(document: string): void {
  try {
    if (typeof JSON.parse(document) === "object") {
      return;
    }
  } catch {
    // Told below, in AWS's words.
  }
  throw new ServiceError("MalformedPolicyDocument", "Syntax errors in policy.");
}

function createPolicy(input: Members, { account, caller }: Scope): Members {
  const name = needed(input, "PolicyName");
  const path = text(input, "Path") ?? "/";
  const arn = `arn:aws:iam::${account.number}:policy${path}${name}`;
  requireDocument(needed(input, "PolicyDocument"));
  if (account.policies.current(arn)) {
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  }
  const policy = { name, path, arn, id: newUniqueId("ANPA"), createDate: new Date(caller.now) };
  account.policies.put(arn, policy, caller.now);
  return { Policy: describePolicy(policy) };
}

function describePolicy({ name, path, arn, id, createDate }: Policy): Members {
  return {
    PolicyName: name,
    PolicyId: id,
    Arn: arn,
    Path: path,
    DefaultVersionId: "v1",
    AttachmentCount: 0,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: createDate,
    UpdateDate: createDate,
  };
}

function deletePolicy(input: Members, { account, caller }: Scope): Members {
  const arn = needed(input, "PolicyArn");
  requireArn(arn);
  if (!account.policies.current(arn)) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  const users = account.users.allCurrent();
  if (users.some(({ attachedPolicies, boundary }) => boundary === arn || attachedPolicies.includes(arn))) {
    throw deleteConflict("Cannot delete a policy attached to entities.");
  }
  account.policies.remove(arn, caller.now);
  return {};
}

function attach(input: Members, scope: Scope): Members {
  const arn = needed(input, "PolicyArn");
  requireArn(arn);
  const row = userToChange(input, scope);
  const { attachedPolicies } = row.user;
  if (!exists(arn, scope.account)) {
    throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
  }
  if (!attachedPolicies.includes(arn)) {
    keepQuota("PoliciesPerUser", POLICIES_PER_USER, attachedPolicies.length);
    change(row, { attachedPolicies: [...attachedPolicies, arn] }, scope);
  }
  return {};
}

function detach(input: Members, scope: Scope): Members {
  const arn = needed(input, "PolicyArn");
  requireArn(arn);
  const row = userToChange(input, scope);
  const { attachedPolicies } = row.user;
  if (!attachedPolicies.includes(arn)) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  change(row, { attachedPolicies: attachedPolicies.filter((attached) => attached !== arn) }, scope);
  return {};
}

function listAttached(input: Members, scope: Scope): Members {
  const prefix = text(input, "PathPrefix") ?? "/";
  const arns = userToRead(input, scope).attachedPolicies.filter((arn) => pathOf(arn).startsWith(prefix));
  return pageOf("AttachedPolicies", arns, (arn) => arn, attachedPolicy, input, scope);
}

function attachedPolicy(arn: string): Members {
  return { PolicyName: arn.slice(arn.lastIndexOf("/") + 1), PolicyArn: arn };
}

function pathOf(arn: string): string {
  return arn.slice(arn.indexOf("/"), arn.lastIndexOf("/") + 1);
}

function requireArn(arn: string): void {
  if (!/^arn:aws[\w-]*:iam::(\d{12}|aws):policy\/\S+$/.test(arn)) {
    throw new ServiceError("InvalidInput", `ARN ${arn} is not valid.`);
  }
}

function exists(arn: string, account: Account): boolean {
  return /^arn:aws[\w-]*:iam::aws:policy\//.test(arn) || account.policies.current(arn) !== undefined;
}
