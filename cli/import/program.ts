import type { Outputs } from "../../provider/args";
import { type Code, construction, list, literal, object, property, shorthand } from "./code";
import type { FoundUser } from "./live";

/** A user, and what the program calls it. */
export interface DeclaredUser extends FoundUser {
  /** The name of the exported constant. */
  readonly identifier: string;
  /** The keys of the configuration that are to hold its passwords. */
  readonly passwordKeys: readonly string[];
}

/** Gives users the names by which the program knows them. */
export function declaredUsers(users: readonly FoundUser[], identifiers: readonly string[]): DeclaredUser[] {
  return users.map((user, index) => {
    const identifier = identifiers[index] ?? "";
    return { ...user, identifier, passwordKeys: passwordKeys(identifier, user.passwordCount) };
  });
}

/** The text of a TypeScript module that declares the users and exports each as a constant. */
export function programText(users: readonly DeclaredUser[], account: string, region: string): string {
  const services = [...new Set(users.map(({ service }) => service))].sort();
  const hasPasswords = users.some(({ passwordKeys }) => passwordKeys.length > 0);
  const imports = [
    ...(hasPasswords ? ['import * as pulumi from "@pulumi/pulumi";'] : []),
    `import { ${services.join(", ")} } from "pulumi-aws-users";`,
  ];
  const constants = [
    ...(hasPasswords ? ["const config = new pulumi.Config();"] : []),
    ...(users.some(({ isRegional }) => isRegional) ? [`const region = ${JSON.stringify(region)};`] : []),
  ];
  const blocks = [
    [`// Users of account ${account} that existed before this program.`, ...imports].join("\n"),
    ...(constants.length > 0 ? [constants.join("\n")] : []),
    ...users.map(declaration),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function passwordKeys(identifier: string, count: number): string[] {
  if (count <= 1) return count === 1 ? [`${identifier}Password`] : [];
  return Array.from({ length: count }, (_, index) => `${identifier}Password${index + 1}`);
}

function declaration({
  service,
  isRegional,
  identifier,
  name,
  declared,
  passwordKeys,
}: DeclaredUser): string {
  // Users that belong to no region keep that of the state.
  const { region: _, ...own } = declared;
  const properties = Object.entries(own).map(([key, value]) =>
    property(key, key === "authentication" ? authentication(value, passwordKeys) : literal(value)),
  );
  const args = object([...(isRegional ? [shorthand("region")] : []), ...properties]);
  return construction(identifier, `${service}.User`, name, args);
}

function authentication(shown: unknown, passwordKeys: readonly string[]): Code {
  if (passwordKeys.length === 0) return literal(shown);
  const { type } = shown as Outputs;
  const passwords = passwordKeys.map((key) => `config.requireSecret(${JSON.stringify(key)})`);
  return object([property("type", literal(type)), property("passwords", list(passwords))]);
}
