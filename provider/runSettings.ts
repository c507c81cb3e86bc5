/** What environment variables say for one run of the engine. */

/** The ids that a variable names, with commas between them; a comma within an id is written `\,`. */
export function idsNamedBy(variable: Variable): string[] {
  const ids = (process.env[variable] ?? "").split(/(?<!\\),/);
  return ids.map((id) => id.trim().replaceAll("\\,", ","));
}

/** The assignment that names these ids, as it can be pasted into a shell before a command. */
export function naming(variable: Variable, ids: readonly string[]): string {
  return `${variable}=${shellText(ids.map((id) => id.replaceAll(",", "\\,")).join(","))}`;
}

type Variable = "PULUMI_AWS_USERS_FORCE_DESTROY" | "PULUMI_AWS_USERS_ADOPT_EXISTING";

/** A text as it can be pasted into a shell. */
export function shellText(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
