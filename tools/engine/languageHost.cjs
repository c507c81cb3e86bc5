#!/usr/bin/env node
// The smallest Node.js language host that runs Pulumi programs: pulumi-aws-users puts it beside an engine that was
// built from source, because the official host comes only with the official download. It is copied out of this
// project, so it takes every module from the Pulumi project it is started in.
"use strict";
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const { join } = require("node:path");

/** What @pulumi/pulumi/cmd/run ends with when it has already told the user what went wrong. */
const FAILED_AND_EXPLAINED = 32;

function modulesOf(folder) {
  const fromProject = createRequire(join(folder, "program.js"));
  const fromPulumi = createRequire(fromProject.resolve("@pulumi/pulumi"));
  return {
    grpc: fromPulumi("@grpc/grpc-js"),
    language: fromProject("@pulumi/pulumi/proto/language_pb"),
    plugin: fromProject("@pulumi/pulumi/proto/plugin_pb"),
    service: fromProject("@pulumi/pulumi/proto/language_grpc_pb").LanguageRuntimeService,
  };
}

function runArguments(request, engineAddress) {
  return [
    `--monitor=${request.getMonitorAddress()}`,
    `--engine=${engineAddress}`,
    `--organization=${request.getOrganization()}`,
    `--project=${request.getProject()}`,
    `--root-directory=${request.getInfo()?.getRootDirectory() ?? ""}`,
    `--stack=${request.getStack()}`,
    `--pwd=${request.getPwd()}`,
    `--parallel=${request.getParallel()}`,
    ...(request.getDryrun() ? ["--dry-run"] : []),
    request.getProgram() || ".",
    ...request.getArgsList(),
  ];
}

function runEnvironment(request) {
  const options = request.getInfo()?.getOptions()?.toJavaScript() ?? {};
  return {
    ...process.env,
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().entries())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
    ...(options.tsconfig ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
}

/** Runs the program with this process's stdout and stderr, which the engine shows to the user. */
function run(request, engineAddress, respond) {
  const runner = createRequire(join(request.getPwd(), "program.js")).resolve("@pulumi/pulumi/cmd/run");
  const program = spawn(process.execPath, [runner, ...runArguments(request, engineAddress)], {
    env: runEnvironment(request),
    stdio: ["ignore", "inherit", "inherit"],
  });
  const stop = () => program.kill();
  process.once("exit", stop);
  program.once("error", (error) => respond({ error: `Program could not be started: ${error.message}` }));
  program.once("exit", (code, signal) => {
    process.removeListener("exit", stop);
    if (code === 0) respond({});
    else if (code === FAILED_AND_EXPLAINED) respond({ bail: true });
    else
      respond({
        error: signal ? `Program ended by ${signal}` : `Program exited with non-zero exit code: ${code}`,
      });
  });
}

function handlers({ language, plugin }, engineAddress) {
  return {
    getPluginInfo: (_call, done) => done(null, new plugin.PluginInfo()),
    getRequiredPackages: (_call, done) => done(null, new language.GetRequiredPackagesResponse()),
    run: (call, done) => {
      const respond = ({ error = "", bail = false }) => {
        const response = new language.RunResponse();
        response.setError(error);
        response.setBail(bail);
        done(null, response);
      };
      try {
        run(call.request, engineAddress, respond);
      } catch (error) {
        respond({ error: error.message });
      }
    },
  };
}

function main() {
  const engineAddress = process.argv.at(-1);
  const folder = process.cwd();
  let modules;
  try {
    modules = modulesOf(folder);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    process.stderr.write(
      `Pulumi's SDK is not found from ${folder}: install the project's dependencies first.\n`,
    );
    process.exit(1);
  }
  const server = new modules.grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
  server.addService(modules.service, handlers(modules, engineAddress));
  server.bindAsync("127.0.0.1:0", modules.grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    process.stdout.write(`${port}\n`);
  });
  // The engine holds the other end of stdin: when it is gone, even by SIGKILL, nobody needs this host.
  process.stdin.resume().once("end", () => process.exit());
}

main();
