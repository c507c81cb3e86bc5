import assert from "node:assert/strict";
import { onlyWithPython, PYTHON } from "../python";
import { serviceModels } from "./serviceModels";
import { type Asked, problemsOf } from "./validate";

const LIST_USERS: Asked = { service: "iam", operation: "ListUsers", protocol: "query" };
const DELETE_USER: Asked = { service: "memorydb", operation: "DeleteUser", protocol: "json" };

const answered = (root: string, result: string) =>
  `<${root} xmlns="urn:x"><ListUsersResult>${result}</ListUsersResult><ResponseMetadata/></${root}>`;
const ANN =
  "<Path>/</Path><UserName>ann</UserName><UserId>AIDA1234567890123456</UserId><Arn>arn:aws:iam::1:user/ann</Arn>" +
  "<CreateDate>2026-01-01T00:00:00Z</CreateDate>";
const users = (user: string, item = "member") =>
  answered("ListUsersResponse", `<Users><${item}>${user}</${item}></Users>`);
const refused = (code: string) => `<ErrorResponse><Error><Code>${code}</Code></Error></ErrorResponse>`;

describe("AWS's models", () => {
  onlyWithPython();

  function problems(asked: Asked, body: string | object, status = 200): string[] {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return problemsOf(
      asked,
      { status, headers: {}, body: text },
      serviceModels(String(PYTHON))(asked.service),
    );
  }

  it("have nothing against what AWS answers", () => {
    assert.deepEqual(problems(LIST_USERS, users(ANN)), []);
    assert.deepEqual(problems(LIST_USERS, refused("Throttling"), 400), []);
    assert.deepEqual(problems(LIST_USERS, refused("ServiceFailure"), 500), []);
    assert.deepEqual(
      problems(DELETE_USER, { User: { Name: "ann", Authentication: { PasswordCount: 1 } } }),
      [],
    );
    assert.deepEqual(problems(DELETE_USER, { __type: "UserNotFoundFault" }, 400), []);
  });

  const wrong: [title: string, asked: Asked, body: string | object, status: number, problem: string][] = [
    ["a member", LIST_USERS, users(`${ANN}<Age>1</Age>`), 200, ".Users[].Age is no member"],
    ["a member too few", LIST_USERS, users("<Path>/</Path>"), 200, ".Users[].UserName is missing"],
    ["a name of an item", LIST_USERS, users(ANN, "User"), 200, ".Users has an item <User>, not <member>"],
    [
      "a date",
      LIST_USERS,
      users(ANN.replace(/T00:00:00Z/, "")),
      200,
      "CreateDate is no timestamp: 2026-01-01",
    ],
    ["an answer", LIST_USERS, answered("ListResponse", ""), 200, "the answer is a <ListResponse>"],
    ["an error", LIST_USERS, refused("UserNotFoundFault"), 400, "has no error UserNotFoundFault"],
    ["a status", LIST_USERS, refused("ServiceFailure"), 400, "ServiceFailure has HTTP status 400, not 500"],
    ["an operation", { ...LIST_USERS, operation: "ListAll" }, users(ANN), 200, "AWS has no such operation"],
    [
      "a value of an enumeration",
      DELETE_USER,
      { User: { Authentication: { Type: "secret" } } },
      200,
      '.User.Authentication.Type is "secret", none of password,no-password,iam',
    ],
    [
      "a number",
      DELETE_USER,
      { User: { Authentication: { PasswordCount: "1" } } },
      200,
      "PasswordCount is no integer: 1",
    ],
    ["a list", DELETE_USER, { User: { ACLNames: "a" } }, 200, ".User.ACLNames is no list"],
    ["a structure", DELETE_USER, { User: "ann" }, 200, ".User is no structure"],
    ["an error in JSON", DELETE_USER, { __type: "NoSuchEntity" }, 400, "has no error NoSuchEntity"],
  ];
  for (const [title, asked, body, status, problem] of wrong) {
    it(`find ${title} that AWS would not give`, () => {
      const found = problems(asked, body, status);
      assert.ok(
        found.some(
          (each) => each.startsWith(`${asked.service}:${asked.operation}: `) && each.endsWith(problem),
        ),
        `${found}`,
      );
    });
  }
});
