import { structure, text, texts } from "../members";
import { passwordProblem } from "../passwords";
import type { Members } from "../service";
import { invalidCombination, invalidValue, needed } from "./errors";
import type { User } from "./region";

/**
 * What the AuthenticationMode of a request makes of a user; undefined when the request has none.
 *
 * @throws InvalidParameterValueException, InvalidParameterCombinationException
 */
export function authenticationOf(input: Members): User["authentication"] | undefined {
  const mode = structure(input, "AuthenticationMode");
  if (!mode) {
    return undefined;
  }
  const type = needed(mode, "Type");
  const passwords = texts(mode, "Passwords");
  if (type === "iam") {
    if (passwords.length > 0) {
      throw invalidCombination("Passwords cannot be given with authentication type iam.");
    }
    return { type, passwordCount: 0 };
  }
  if (type !== "password") {
    throw invalidValue(`Authentication type ${text(mode, "Type")} is not valid: use password or iam.`);
  }
  const problem = passwordProblem(passwords);
  if (problem !== undefined) {
    throw invalidValue(problem);
  }
  return { type, passwordCount: passwords.length };
}
