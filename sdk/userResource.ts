import * as pulumi from "@pulumi/pulumi";
import { assertInstalled } from "./installation";
import { providerText, type Service, typeOf } from "./wireForm";

/** Durations such as `90s`, `10m` or `1h30m`. Each bounds one whole operation, waits and retries included. */
export interface TimeoutsArgs {
  /** Until a new user is ready. Default `10m`. */
  create?: pulumi.Input<string>;
  /** Until a changed user is ready again. Default `20m`. */
  update?: pulumi.Input<string>;
  /** Until AWS says that the user is gone. Default `20m`. */
  delete?: pulumi.Input<string>;
}

/** Arguments of users of every service. */
export interface CommonUserArgs {
  /**
   * How long each operation may take. What the resource option `customTimeouts` says is used where nothing is said
   * here.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
  /**
   * Takes over a user of that name if one exists, and brings it to these arguments, instead of failing. Read when the
   * user is created, and at no other time. Default `false`.
   */
  adoptExisting?: pulumi.Input<boolean>;
}

/** An argument of users that live in a region. */
export interface RegionalUserArgs {
  /**
   * The AWS region, such as `eu-central-1`. Default: that of the explicit provider, of the stack configuration
   * (`aws-users:region`, then `aws:region`), or of the environment, at the time when the user is created; a later change
   * of the default moves no user. Replaces the user when changed.
   */
  region?: pulumi.Input<string>;
}

/** Outputs of users of every service. */
const COMMON_OUTPUTS = ["accountId", "stateVersion"] as const;

/** The base of every user: a resource of Pulumi's dynamic host with a constant provider. */
export abstract class UserResource extends pulumi.CustomResource {
  /** The account in which the user is: twelve digits. */
  declare readonly accountId: pulumi.Output<string>;

  /**
   * @throws pulumi.RunError for the options `import` and `id`, which dynamic resources do not support.
   */
  protected constructor(
    service: Service,
    name: string,
    args: CommonUserArgs,
    outputs: readonly string[],
    options: pulumi.CustomResourceOptions = {},
  ) {
    assertInstalled();
    const type = typeOf(service);
    const seeds = Object.fromEntries([...COMMON_OUTPUTS, ...outputs].map((output) => [output, undefined]));
    const props = {
      ...seeds,
      ...args,
      ...timeoutsOf(args, options),
      hint: urnOf(name, type, options.parent),
      __provider: providerText(service),
    };
    if (options.import !== undefined || options.id !== undefined) throw notImportable(name);
    // It is another form of the access string, which a program may have made secret.
    super(type, name, props, { ...options, additionalSecretOutputs: secretOutputs(outputs, options) });
  }
}

/** The URN alone, without a dependency on the parent: a child of a component must not wait for the component. */
function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<string> {
  const urn = pulumi.createUrn(name, type, parent);
  return new Promise((resolve) => {
    urn.apply(resolve);
  });
}

/** The host drops `customTimeouts`, so they travel as an argument. */
function timeoutsOf({ timeouts }: CommonUserArgs, { customTimeouts }: pulumi.CustomResourceOptions) {
  if (timeouts === undefined) return customTimeouts === undefined ? {} : { timeouts: customTimeouts };
  if (customTimeouts === undefined) return { timeouts };
  return { timeouts: pulumi.output(timeouts).apply((own) => ({ ...customTimeouts, ...own })) };
}

function secretOutputs(
  outputs: readonly string[],
  { additionalSecretOutputs }: pulumi.CustomResourceOptions,
) {
  return [
    ...(additionalSecretOutputs ?? []),
    ...outputs.filter((output) => output === "observedAccessString"),
  ];
}

function notImportable(name: string): pulumi.RunError {
  return new pulumi.RunError(
    `User "${name}": Pulumi's dynamic providers cannot read what is not in the state, so the resource options import and id do not ` +
      "work for users. Take over a user that exists with adoptExisting: true, or bring it into the state with an " +
      "import file and `pulumi import --file FILE --generate-code=false --protect=false`.",
  );
}

/** Keeps the passwords of an authentication secret, and what is beside them readable. */
export function withSecretPasswords<A extends { passwords?: pulumi.Input<pulumi.Input<string>[]> }>(
  authentication: pulumi.Input<A>,
): pulumi.Input<A> {
  if (pulumi.Output.isInstance(authentication) || authentication instanceof Promise) {
    return pulumi.secret(authentication) as unknown as pulumi.Input<A>;
  }
  // A program without types may have left it out; the check will say so.
  const passwords = authentication?.passwords;
  return passwords === undefined
    ? authentication
    : { ...authentication, passwords: pulumi.secret(passwords) };
}
