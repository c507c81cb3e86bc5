import type { Answer } from "./answer";
import type { Members, ServiceError, Wire } from "./service";

type QueryWire = Extract<Wire, { protocol: "query" }>;

/** A request of the query protocol, taken apart. */
export interface QueryRequest {
  readonly action: string;
  readonly version: string;
  readonly input: Members;
}

/**
 * The action and members of a form: `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: "a" }] }`, whatever the list
 * calls its items. Values stay text. Undefined when the form names no action.
 */
export function decodeQuery(form: URLSearchParams): QueryRequest | undefined {
  const { Action, Version, ...members } = structureOf(
    [...form].map(([name, value]) => [name.split("."), value]),
  );
  return typeof Action === "string" && Action !== ""
    ? { action: Action, version: typeof Version === "string" ? Version : "", input: members }
    : undefined;
}

/** A successful answer; an operation without output members answers with its metadata only. */
export function encodeQuery(wire: QueryWire, action: string, members: Members, requestId: string): Answer {
  const result =
    Object.keys(members).length === 0
      ? ""
      : element(
          `${action}Result`,
          structureXml(members, (list) => wire.itemNames?.[`${action}/${list}`]),
        );
  const metadata = element("ResponseMetadata", element("RequestId", escapeXml(requestId)));
  const body = `<${action}Response xmlns="${wire.xmlNamespace}">${result}${metadata}</${action}Response>`;
  return xmlAnswer(200, body, requestId);
}

/** A refusal: the sender is to blame below 500, the receiver from there on. */
export function encodeQueryError(error: ServiceError, xmlNamespace: string, requestId: string): Answer {
  const type = element("Type", error.httpStatus < 500 ? "Sender" : "Receiver");
  const what = element("Code", escapeXml(error.code)) + element("Message", escapeXml(error.message));
  const content = element("Error", type + what) + element("RequestId", escapeXml(requestId));
  return xmlAnswer(
    error.httpStatus,
    `<ErrorResponse xmlns="${xmlNamespace}">${content}</ErrorResponse>`,
    requestId,
  );
}

type Entry = readonly [path: readonly string[], value: string];

function structureOf(entries: readonly Entry[]): Members {
  const members: [string, unknown][] = [];
  for (const [name, below] of groupByHead(entries)) {
    members.push([name, decodedValue(below)]);
  }
  return Object.fromEntries(members);
}

function decodedValue(entries: readonly Entry[]): unknown {
  const scalar = entries.find(([path]) => path.length === 0);
  if (scalar) {
    return scalar[1];
  }
  return listOf(entries) ?? structureOf(entries);
}

/** A list is numbered, either at once (`Name.1`) or under the one name that its items have (`Name.member.1`). */
function listOf(entries: readonly Entry[]): unknown[] | undefined {
  const heads = new Set(entries.map(([path]) => path[0]));
  if (entries.every(([path]) => isIndex(path[0]))) {
    return [...groupByHead(entries)]
      .sort(([a], [b]) => Number(a) - Number(b))
      .map(([, below]) => decodedValue(below));
  }
  return heads.size === 1 && entries.every(([path]) => isIndex(path[1]))
    ? listOf(entries.map(([path, value]) => [path.slice(1), value]))
    : undefined;
}

function groupByHead(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const [[head = "", ...rest], value] of entries) {
    const group = groups.get(head) ?? [];
    group.push([rest, value]);
    groups.set(head, group);
  }
  return groups;
}

function isIndex(segment: string | undefined): boolean {
  return segment !== undefined && /^\d+$/.test(segment);
}

/** The name of a list's items where it is not `member`. */
type ItemName = (list: string) => string | undefined;

function structureXml(members: Members, itemName: ItemName = () => undefined): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => element(name, valueXml(value, itemName(name) ?? "member")))
    .join("");
}

function valueXml(value: unknown, itemName = "member"): string {
  if (Array.isArray(value)) {
    return value.map((item) => element(itemName, valueXml(item))).join("");
  }
  if (value instanceof Date) {
    return value.toISOString().replace(/\.\d+Z$/, "Z");
  }
  if (value instanceof Uint8Array) {
    return Buffer.from(value).toString("base64");
  }
  return typeof value === "object" && value !== null
    ? structureXml(value as Members)
    : escapeXml(String(value));
}

function element(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};

/** Other control characters have no form at all in XML 1.0. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"']|\p{Cc}/gu, (found) => XML_ENTITIES[found] ?? (found < " " ? "\uFFFD" : found));
}

function xmlAnswer(status: number, body: string, requestId: string): Answer {
  const headers = { "content-type": "text/xml", "x-amzn-requestid": requestId };
  return { status, headers, body };
}
