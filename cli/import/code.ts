/** TypeScript source from values, laid out as formatters do. */

/** A text that stays on its line, or items between brackets that may have a line each. */
export type Code = string | Group;

interface Group {
  readonly brackets: "[]" | "{}";
  readonly items: readonly Item[];
}

interface Item {
  /** `key: `, or a whole shorthand property. */
  readonly before: string;
  readonly code: Code;
}

/** What formatters break lines at unless told otherwise. */
const WIDTH = 80;

/** The source of a value of JSON, whatever its texts hold. */
export function literal(value: unknown): Code {
  if (Array.isArray(value)) return list(value.map(literal));
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return object(Object.entries(value).map(([key, held]) => property(key, literal(held))));
}

export function list(items: readonly Code[]): Code {
  return { brackets: "[]", items: items.map((code) => ({ before: "", code })) };
}

export function object(properties: readonly Item[]): Code {
  return { brackets: "{}", items: properties };
}

export function property(key: string, code: Code): Item {
  return { before: `${keyText(key)}: `, code };
}

/** A property that is named as the constant that it takes. */
export function shorthand(name: string): Item {
  return { before: name, code: "" };
}

/** `export const name = new Class("first", { ... });` with a line for each property of the second argument. */
export function construction(name: string, className: string, first: string, second: Code): string {
  const left = `export const ${name} =`;
  const call = `new ${className}(`;
  const text = JSON.stringify(first);
  if (fits(`${left} ${call}${text}, {`)) return `${left} ${call}${text}, ${broken(second, "")});`;
  const spread = (indent: string) =>
    `${call}\n${indent}  ${text},\n${indent}  ${broken(second, `${indent}  `)},\n${indent});`;
  return fits(`${left} ${call}`) ? `${left} ${spread("")}` : `${left}\n  ${spread("  ")}`;
}

function fits(line: string): boolean {
  return line.length <= WIDTH;
}

/** As a key, `__proto__` would set the prototype. */
function keyText(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[a-zA-Z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function flat(code: Code): string {
  if (typeof code === "string") return code;
  const inner = code.items.map(({ before, code: held }) => before + flat(held)).join(", ");
  if (code.brackets === "[]") return `[${inner}]`;
  return inner === "" ? "{}" : `{ ${inner} }`;
}

function broken(code: Code, indent: string): string {
  if (typeof code === "string") return code;
  const inside = `${indent}  `;
  const lines = code.items.map(({ before, code: held }) => {
    const line = `${inside}${before}${flat(held)},`;
    if (fits(line)) return line;
    if (typeof held === "string" && before !== "") return `${inside}${before.trimEnd()}\n${inside}  ${held},`;
    return `${inside}${before}${broken(held, inside)},`;
  });
  return [code.brackets[0], ...lines, indent + code.brackets[1]].join("\n");
}
