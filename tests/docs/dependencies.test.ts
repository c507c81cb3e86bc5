import { deepEqual, ok } from "node:assert/strict";
import { textOf } from "./documents";

/** A package as package-lock.json has it. */
interface Locked {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly deprecated?: string;
  readonly hasInstallScript?: boolean;
}

const LOCKED: Readonly<Record<string, Locked>> = JSON.parse(textOf("package-lock.json")).packages;
const DIRECT = Object.keys(LOCKED[""]?.dependencies ?? {});

describe("What users install with the package", () => {
  it("runs nothing at its installation, and is deprecated by nobody", () => {
    const installed = installedWith(DIRECT);
    ok(installed.length > DIRECT.length, installed.join());
    deepEqual(
      installed.filter(
        (path) => LOCKED[path]?.hasInstallScript === true || LOCKED[path]?.deprecated !== undefined,
      ),
      [],
    );
  });

  it("is what SECURITY.md says", () => {
    const said = textOf("SECURITY.md").split("\n### Dependencies\n")[1] ?? "";
    const clients = DIRECT.filter((name) => name.startsWith("@aws-sdk/client-"));
    const others = DIRECT.filter((name) => !clients.includes(name));
    ok(clients.length === 5 && said.includes("five clients of the AWS SDK"), `${clients.length} clients`);
    deepEqual(
      others.filter((name) => !said.includes(name)),
      [],
    );
  });
});

/** The paths of these packages and all that they depend on. */
function installedWith(names: readonly string[]): string[] {
  const found = new Set<string>();
  const visit = (name: string, from: string): void => {
    const path = pathOf(name, from);
    if (path === undefined || found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = LOCKED[path] ?? {};
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) visit(needed, path);
  };
  for (const name of names) visit(name, "");
  return [...found];
}

/** Where Node.js finds a package: beside the one that needs it, or further up. */
function pathOf(name: string, from: string): string | undefined {
  const path = `${from === "" ? "" : `${from}/`}node_modules/${name}`;
  if (LOCKED[path] !== undefined) return path;
  const parent = from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1));
  return from === "" ? undefined : pathOf(name, parent);
}
