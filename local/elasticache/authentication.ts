import { structure, text, texts } from "../members";
import { passwordProblem } from "../passwords";
import type { Members } from "../service";
import type { Engine } from "./engine";
import { invalidCombination, invalidValue, needed } from "./errors";

/** As AWS shows it: `no-password-required` is read back as `no-password`. */
export interface Authentication {
  readonly type: "password" | "no-password" | "iam";
  readonly passwordCount: number;
}

/**
 * What a request says about authentication, in AuthenticationMode or in the older members Passwords and
 * NoPasswordRequired; undefined when it says nothing.
 *
 * @throws InvalidParameterValue, InvalidParameterCombination
 */
export function authenticationOf(input: Members): Authentication | undefined {
  const mode = structure(input, "AuthenticationMode");
  const passwords = texts(input, "Passwords");
  const noPasswordRequired = text(input, "NoPasswordRequired")?.toLowerCase();
  const older = passwords.length > 0 || noPasswordRequired !== undefined;
  if (mode && older) {
    throw invalidCombination(
      "The parameter AuthenticationMode cannot be given together with Passwords or NoPasswordRequired.",
    );
  }
  if (mode) {
    return authenticationFrom(needed(mode, "Type"), texts(mode, "Passwords"));
  }
  if (noPasswordRequired === "true") {
    return authenticationFrom("no-password-required", passwords);
  }
  return older ? authenticationFrom("password", passwords) : undefined;
}

/** Refuses what does not go with the engine or the names of a user. @throws InvalidParameterCombination */
export function checkAuthentication(
  { type }: Authentication,
  user: { readonly id: string; readonly name: string; readonly engine: Engine },
): void {
  if (type === "no-password" && user.engine === "valkey") {
    throw invalidCombination("Users of the engine valkey need a password or IAM authentication.");
  }
  if (type === "iam" && user.id !== user.name) {
    throw invalidCombination("UserId and UserName must be identical for IAM authentication.");
  }
}

function authenticationFrom(type: string, passwords: readonly string[]): Authentication {
  if (type === "password") {
    const problem = passwordProblem(passwords);
    if (problem !== undefined) {
      throw invalidValue(problem);
    }
    return { type, passwordCount: passwords.length };
  }
  if (type !== "iam" && type !== "no-password-required") {
    throw invalidValue(
      `Authentication type ${type} is not valid: use password, no-password-required or iam.`,
    );
  }
  if (passwords.length > 0) {
    throw invalidCombination(`Passwords cannot be given with authentication type ${type}.`);
  }
  return { type: type === "iam" ? "iam" : "no-password", passwordCount: 0 };
}
