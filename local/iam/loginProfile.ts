import { type Members, ServiceError } from "../service";
import type { LoginProfile, User } from "./account";
import {
  alreadyExists,
  change,
  type IamOperations,
  needed,
  noSuchEntity,
  type Scope,
  text,
  userToChange,
  userToRead,
} from "./operation";
import { NEW_NAME } from "./validation";

/** AWS's password policy of an account that has set none. */
const PASSWORD_LENGTH = 8;

/** The password for the console. */
export const loginProfileOperations: IamOperations = {
  CreateLoginProfile: { required: ["Password"], rules: { UserName: NEW_NAME }, run: createProfile },
  GetLoginProfile: { rules: { UserName: NEW_NAME }, run: getProfile },
  DeleteLoginProfile: { rules: { UserName: NEW_NAME }, run: deleteProfile },
};

function createProfile(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  if (row.user.loginProfile) {
    throw alreadyExists(`Login Profile for user ${row.user.name} already exists.`);
  }
  if (needed(input, "Password").length < PASSWORD_LENGTH) {
    const message = `Password should have a minimum length of ${PASSWORD_LENGTH}`;
    throw new ServiceError("PasswordPolicyViolation", message);
  }
  const loginProfile = {
    createDate: new Date(scope.caller.now),
    resetRequired: text(input, "PasswordResetRequired") === "true",
  };
  change(row, { loginProfile }, scope);
  return describe(row.user, loginProfile);
}

function getProfile(input: Members, scope: Scope): Members {
  const user = userToRead(input, scope);
  if (!user.loginProfile) {
    throw missing(user);
  }
  return describe(user, user.loginProfile);
}

function deleteProfile(input: Members, scope: Scope): Members {
  const { table, key, user } = userToChange(input, scope);
  const { loginProfile, ...rest } = user;
  if (!loginProfile) {
    throw missing(user);
  }
  table.put(key, rest, scope.caller.now);
  return {};
}

function describe({ name }: User, { createDate, resetRequired }: LoginProfile): Members {
  return { LoginProfile: { UserName: name, CreateDate: createDate, PasswordResetRequired: resetRequired } };
}

function missing({ name }: User): Error {
  return noSuchEntity(`Login Profile for User ${name} cannot be found.`);
}
