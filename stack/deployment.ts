import { z } from "zod";
import { isSecret } from "../provider/lifecycle/wire";

/** The formats of a state that are read; the parts in use are the same in all of them. */
const NEWEST_FORMAT = 4;

const properties = z.record(z.string(), z.unknown()).default({});

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: properties,
  outputs: properties,
  /** `URN::ID` of the provider. */
  provider: z.string().default(""),
  protect: z.boolean().default(false),
  retainOnDelete: z.boolean().default(false),
  delete: z.boolean().default(false),
  pendingReplacement: z.boolean().default(false),
  /** A URN. */
  deletedWith: z.string().default(""),
});

const exported = z.object({
  version: z.number(),
  deployment: z
    .object({
      resources: z.array(resource).nullish(),
      pending_operations: z.array(z.object({ resource, type: z.string() })).nullish(),
    })
    .nullish(),
});

/** A resource as the state has it. Secrets are objects with a signature. */
export type Resource = z.output<typeof resource>;

/** The parts of a state that matter here. */
export interface Deployment {
  readonly resources: readonly Resource[];
  readonly pending: readonly { readonly resource: Resource; readonly type: string }[];
}

/** @throws Error in words when the text is no state, or one of a newer format. */
export function parseDeployment(text: string): Deployment {
  const { version, deployment } = shaped(text);
  if (version > NEWEST_FORMAT) {
    throw new Error(
      `the state of the stack has format ${version}, and this pulumi-aws-users reads up to ${NEWEST_FORMAT}. ` +
        "Install a newer version of pulumi-aws-users.",
    );
  }
  return { resources: deployment?.resources ?? [], pending: deployment?.pending_operations ?? [] };
}

function shaped(text: string): z.output<typeof exported> {
  try {
    return exported.parse(JSON.parse(text));
  } catch (error) {
    // What does not parse may hold secrets: neither the text nor the parser's excerpt is shown.
    const where = error instanceof z.ZodError ? ` at ${error.issues[0]?.path.join(".")}` : "";
    throw new Error(`pulumi stack export printed what is no state${where}`);
  }
}

/** The value of a secret that was exported as plain text, and of what is none. */
export function plainValue(value: unknown): unknown {
  if (!isSecret(value)) return value;
  const text: unknown = Reflect.get(value as object, "plaintext");
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would show the beginning of the secret.
    throw new Error("a secret of the state holds no JSON");
  }
}
