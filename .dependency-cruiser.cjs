/** Imports point one way: sdk and local stand alone, cli -> provider, lifecycle -> kind, gateways -> AWS. */
const rule = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    rule("no-cycles", {}, { circular: true }, "A cycle has no beginning to read from."),
    rule(
      "sdk-stands-alone",
      { path: "^sdk/" },
      { pathNot: "^(sdk/|node_modules/@pulumi/pulumi/)", dependencyTypesNot: ["core"] },
      "What a program imports carries no AWS SDK and no provider logic.",
    ),
    rule(
      "local-stands-alone",
      { path: "^local/" },
      { path: "^(sdk|provider|stack|plan|cli|tools|tests)/" },
      "The local AWS follows AWS, not this provider.",
    ),
    rule(
      "provider-knows-no-host",
      { path: "^provider/" },
      { path: "^(sdk|local|stack|plan|cli|tools|tests)/" },
      "The provider is what others stand on.",
    ),
    rule(
      "plan-stands-on-stack-and-provider",
      { path: "^(stack|plan)/" },
      { path: "^(sdk|local|cli|tools|tests)/" },
      "A plan is made for programs as well as for the command.",
    ),
    rule(
      "stack-knows-no-plan",
      { path: "^stack/" },
      { path: "^plan/" },
      "A stack's state is read the same way for every purpose.",
    ),
    rule(
      "only-gateways-call-aws",
      {
        path: "^(provider|sdk|stack|plan|cli)/",
        pathNot: "^provider/(aws/|[a-z]+/gateway\\.ts$|iam/dependents\\.ts$)",
      },
      { path: "node_modules/@aws-sdk/" },
      "SDK calls are in gateways and in aws/.",
    ),
    rule(
      "only-lifecycle-knows-pulumi",
      { path: "^provider/", pathNot: "^provider/(index\\.ts$|lifecycle/index\\.ts$)" },
      { path: "node_modules/@pulumi/pulumi/" },
      "The same kinds are to serve another host one day.",
    ),
    rule(
      "kinds-know-no-lifecycle",
      { path: "^provider/(aws|wait|memorydb|elasticache|iam|rekognition)/" },
      { path: "^provider/(lifecycle/|index\\.ts$)" },
      "A kind is data and pure functions.",
    ),
    rule(
      "services-stay-apart",
      { path: "^provider/(memorydb|elasticache|iam|rekognition)/" },
      { path: "^provider/(memorydb|elasticache|iam|rekognition)/", pathNot: "^provider/$1/" },
      "A run loads only the services that it uses.",
    ),
    rule(
      "product-without-tools",
      { path: "^(sdk|provider|local|stack|plan|cli)/" },
      { path: "^(tools|tests|examples)/" },
      "What is shipped needs nothing of what builds and tests it.",
    ),
    rule("only-known-packages", {}, { couldNotResolve: true }, "An import must lead somewhere."),
    rule(
      "no-dev-packages-in-product",
      { path: "^(sdk|provider|local|stack|plan|cli)/" },
      { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only", "npm-peer"] },
      "Users install no development dependencies.",
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "types"] },
  },
};
