/**
 * What npm has set for the script that started this process, each to be unset for a process that is none of its own.
 * Settings of npm itself, such as its registry, stay.
 */
export function withoutNpmScript(): Record<string, undefined> {
  const names = Object.keys(process.env).filter((name) =>
    /^npm_(config_local_prefix|package_|lifecycle_)/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, undefined]));
}
