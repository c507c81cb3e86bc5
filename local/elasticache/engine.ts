import { text } from "../members";
import type { Members } from "../service";
import { invalidValue } from "./errors";

/** As AWS shows it, in lower case. */
export type Engine = "redis" | "valkey";

/** The engine of a request, which may be in any case; undefined when it names none. @throws InvalidParameterValue */
export function engineOf(input: Members): Engine | undefined {
  const given = text(input, "Engine");
  const engine = given?.toLowerCase();
  if (engine !== undefined && engine !== "redis" && engine !== "valkey") {
    throw invalidValue(`The engine ${given} is not valid: use redis or valkey.`);
  }
  return engine;
}

/** The engine of a request. @throws InvalidParameterValue when it names no engine or an unknown one */
export function neededEngine(input: Members): Engine {
  const engine = engineOf(input);
  if (engine === undefined) {
    throw invalidValue("The parameter Engine must be provided and must not be blank.");
  }
  return engine;
}
