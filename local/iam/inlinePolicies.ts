import type { Members } from "../service";
import {
  change,
  type IamOperations,
  needed,
  noSuchEntity,
  pageOf,
  type Scope,
  userToChange,
  userToRead,
} from "./operation";
import { requireDocument } from "./policies";

/** Policies that are part of one user. */
export const inlinePolicyOperations: IamOperations = {
  PutUserPolicy: { required: ["UserName", "PolicyName", "PolicyDocument"], run: putPolicy },
  GetUserPolicy: { required: ["UserName", "PolicyName"], run: getPolicy },
  DeleteUserPolicy: { required: ["UserName", "PolicyName"], run: deletePolicy },
  ListUserPolicies: { required: ["UserName"], run: listPolicies },
};

function putPolicy(input: Members, scope: Scope): Members {
  const policy = { name: needed(input, "PolicyName"), document: needed(input, "PolicyDocument") };
  requireDocument(policy.document);
  const row = userToChange(input, scope);
  const others = row.user.inlinePolicies.filter(({ name }) => name !== policy.name);
  change(row, { inlinePolicies: [...others, policy] }, scope);
  return {};
}

function getPolicy(input: Members, scope: Scope): Members {
  const user = userToRead(input, scope);
  const wanted = needed(input, "PolicyName");
  const policy = user.inlinePolicies.find(({ name }) => name === wanted);
  if (!policy) {
    throw missing(wanted);
  }
  return {
    UserName: user.name,
    PolicyName: policy.name,
    PolicyDocument: encodeURIComponent(policy.document),
  };
}

function deletePolicy(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  const wanted = needed(input, "PolicyName");
  const inlinePolicies = row.user.inlinePolicies.filter(({ name }) => name !== wanted);
  if (inlinePolicies.length === row.user.inlinePolicies.length) {
    throw missing(wanted);
  }
  change(row, { inlinePolicies }, scope);
  return {};
}

function listPolicies(input: Members, scope: Scope): Members {
  const names = userToRead(input, scope).inlinePolicies.map(({ name }) => name);
  return pageOf(
    "PolicyNames",
    names,
    (name) => name,
    (name) => name,
    input,
    scope,
  );
}

function missing(name: string): Error {
  return noSuchEntity(`The user policy with name ${name} cannot be found.`);
}
