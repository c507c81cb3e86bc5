import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ACCESS_STRING, declare, PASSWORD, type WantedUser } from "../users";

/** Who makes the users: this package, a provider as one often sees them, or one that does nothing. */
export type Variant = "product" | "usual" | "nothing";

/** How a program of each variant declares a user. */
export const DECLARE: Readonly<Record<Variant, (user: WantedUser) => void>> = {
  product: declare,
  usual: ({ service, name }) => void new Foreign("usual", service, name),
  nothing: ({ name }) => void new Foreign("nothing", "handler", name),
};

/** A dynamic resource whose provider is a file of this folder; its inputs are as large as those of a user. */
class Foreign extends pulumi.CustomResource {
  constructor(module: "usual" | "nothing", handler: string, userName: string) {
    const file = JSON.stringify(join(__dirname, `${module}Provider.js`));
    super(`pulumi-nodejs:dynamic/bench/${module}:User`, userName, {
      userName,
      accessString: ACCESS_STRING,
      authentication: { type: "password", passwords: [pulumi.secret(PASSWORD)] },
      arn: undefined,
      status: undefined,
      __provider: `exports.handler=()=>require(${file}).${handler}`,
    });
  }
}
