import { packed } from "./packed";

/** The newest @pulumi/pulumi that every supported Node.js can run: from the next release on it asks for Node.js 22. */
export const PULUMI = "3.248.0";

/** A package.json of a project that depends on this package, as it is packed, and on Pulumi. */
export async function manifest({
  dependencies = {},
  ...more
}: { readonly dependencies?: object } & Readonly<Record<string, unknown>> = {}): Promise<object> {
  const { tarball } = await packed();
  return {
    name: "elsewhere",
    private: true,
    dependencies: { "pulumi-aws-users": `file:${tarball}`, "@pulumi/pulumi": PULUMI, ...dependencies },
    ...more,
  };
}
