import { parseXml, XmlElement } from "@rgrove/parse-xml";
import type { Answer } from "../../local/answer";
import { isBeyondTheModel } from "./beyond";
import type { ServiceModel, Shape, ShapeReference } from "./serviceModels";

/** What an answer was an answer to. */
export interface Asked {
  readonly service: string;
  readonly operation: string;
  readonly protocol: "json" | "query";
}

/** Errors that any operation may answer, from AWS's pages "Common errors"; models do not repeat them. */
const COMMON_ERRORS: Readonly<Record<Asked["protocol"], readonly string[]>> = {
  json: [
    "AccessDeniedException",
    "ExpiredTokenException",
    "InternalFailure",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "ThrottlingException",
    "UnknownOperationException",
    "ValidationException",
  ],
  query: [
    "AccessDenied",
    "ExpiredToken",
    "InternalFailure",
    "InvalidAction",
    "InvalidClientTokenId",
    "InvalidParameterValue",
    "MissingAction",
    "MissingAuthenticationToken",
    "MissingParameter",
    "ServiceUnavailable",
    "Throttling",
    "ValidationError",
  ],
};

/** What AWS's model of the service has against an answer, each in one line; nothing when it is as AWS would give it. */
export function problemsOf(asked: Asked, answer: Answer, model: ServiceModel): string[] {
  const where = `${asked.service}:${asked.operation}`;
  const found =
    answer.status < 400 ? problemsOfResult(asked, answer, model) : problemsOfError(asked, answer, model);
  return found
    .map((problem) => `${where}: ${problem}`)
    .filter((problem) => !isBeyondTheModel(problem, answer.body));
}

function problemsOfResult({ operation, protocol }: Asked, { body }: Answer, model: ServiceModel): string[] {
  const modelled = model.operations[operation];
  if (modelled === undefined) return ["AWS has no such operation"];
  const { output } = modelled;
  if (protocol === "json") {
    const value: unknown = JSON.parse(body);
    return output === undefined ? extra(value) : problemsOfJson(value, output, model, "");
  }
  const root = rootOf(body);
  if (root.name !== `${operation}Response`) return [`the answer is a <${root.name}>`];
  const results = elementsIn(root).filter(({ name }) => name !== "ResponseMetadata");
  const [result, ...others] = results;
  if (output === undefined) return results.map(({ name }) => `<${name}> where there is no result`);
  if (result === undefined || others.length > 0 || result.name !== output.resultWrapper) {
    return [`the result is not one <${output.resultWrapper}>`];
  }
  return problemsOfXml(result, output, model, "");
}

function problemsOfError(
  { operation, protocol }: Asked,
  { body, status }: Answer,
  model: ServiceModel,
): string[] {
  const code = protocol === "json" ? String(JSON.parse(body).__type) : textOf(rootOf(body), "Error", "Code");
  if (COMMON_ERRORS[protocol].includes(code)) return [];
  const shapes = (model.operations[operation]?.errors ?? []).map(
    ({ shape }) => [shape, model.shapes[shape]] as const,
  );
  const known = shapes.find(([name, shape]) => (shape?.error?.code ?? name) === code);
  if (known === undefined) return [`has no error ${code}`];
  const expected = known[1]?.error?.httpStatusCode;
  return expected === undefined || expected === status
    ? []
    : [`${code} has HTTP status ${status}, not ${expected}`];
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  string: "string",
  blob: "string",
  boolean: "boolean",
  integer: "number",
  long: "number",
  float: "number",
  double: "number",
  timestamp: "number",
};

function problemsOfJson(
  value: unknown,
  { shape: name }: ShapeReference,
  model: ServiceModel,
  path: string,
): string[] {
  const shape = shapeIn(model, name);
  if (shape.type === "list") {
    const { member } = shape;
    if (!Array.isArray(value) || member === undefined) return [`${path} is no list`];
    return value.flatMap((item) => problemsOfJson(item, member, model, `${path}[]`));
  }
  if (shape.type === "structure") {
    if (typeof value !== "object" || value === null) return [`${path} is no structure`];
    return problemsOfMembers(Object.entries(value), shape, model, path, problemsOfJson);
  }
  const type = JSON_TYPES[shape.type];
  if (type === undefined) return [`${path} is a ${shape.type}, which nothing here can check`];
  return typeof value === type
    ? problemsOfText(String(value), shape, path)
    : [`${path} is no ${shape.type}: ${value}`];
}

function problemsOfXml(
  element: XmlElement,
  { shape: name }: ShapeReference,
  model: ServiceModel,
  path: string,
): string[] {
  const shape = shapeIn(model, name);
  const children = elementsIn(element);
  if (shape.type === "list") {
    const { member } = shape;
    if (member === undefined) return [`${path} is no list`];
    const itemName = member.locationName ?? "member";
    return children.flatMap((item) =>
      item.name === itemName
        ? problemsOfXml(item, member, model, `${path}[]`)
        : [`${path} has an item <${item.name}>, not <${itemName}>`],
    );
  }
  if (shape.type === "structure") {
    const entries = children.map((child): [string, XmlElement] => [child.name, child]);
    return problemsOfMembers(entries, shape, model, path, problemsOfXml);
  }
  if (children.length > 0) return [`${path} is no ${shape.type}`];
  return problemsOfText(element.text, shape, path);
}

function problemsOfMembers<T>(
  entries: readonly (readonly [string, T])[],
  { members = {}, required = [] }: Shape,
  model: ServiceModel,
  path: string,
  problems: (value: T, reference: ShapeReference, model: ServiceModel, path: string) => string[],
): string[] {
  const known = new Map(
    Object.entries(members).map(([name, member]) => [member.locationName ?? name, member]),
  );
  const present = new Set(entries.map(([name]) => name));
  const missing = required.filter((name) => !present.has(members[name]?.locationName ?? name));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...entries.flatMap(([name, value]) => {
      const member = known.get(name);
      return member === undefined
        ? [`${path}.${name} is no member`]
        : problems(value, member, model, `${path}.${name}`);
    }),
  ];
}

const FORMS: Readonly<Record<string, RegExp>> = {
  boolean: /^(true|false)$/,
  integer: /^-?\d+$/,
  long: /^-?\d+$/,
  float: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/,
  double: /^-?\d+(\.\d+)?(e[+-]?\d+)?$/,
  timestamp: /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z|\d+(\.\d+)?)$/,
  blob: /^[A-Za-z0-9+/]*={0,2}$/,
};

function problemsOfText(text: string, shape: Shape, path: string): string[] {
  if (shape.enum !== undefined && !shape.enum.includes(text))
    return [`${path} is "${text}", none of ${shape.enum}`];
  const form = FORMS[shape.type];
  return form === undefined || form.test(text) ? [] : [`${path} is no ${shape.type}: ${text}`];
}

function extra(value: unknown): string[] {
  return Object.keys(value as object).map((name) => `.${name} where there is no result`);
}

function shapeIn(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (shape === undefined) throw new Error(`the model lacks its own shape ${name}`);
  return shape;
}

function rootOf(body: string): XmlElement {
  const { root } = parseXml(body);
  if (root === null) throw new Error("the answer has no root element");
  return root;
}

function elementsIn(element: XmlElement): XmlElement[] {
  return element.children.filter((child) => child instanceof XmlElement);
}

function textOf(root: XmlElement, ...path: readonly string[]): string {
  const found = path.reduce<XmlElement | undefined>(
    (element, name) => element && elementsIn(element).find((child) => child.name === name),
    root,
  );
  return found?.text ?? "";
}
