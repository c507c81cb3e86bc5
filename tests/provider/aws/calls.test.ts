import assert from "node:assert/strict";
import { absentIs, allPages, named } from "../../../provider/aws/calls";
import { awsError } from "../fakes";

describe("A name on its way to AWS", () => {
  it("is refused when empty, for AWS would take the caller for the user", () => {
    assert.equal(named("ann"), "ann");
    for (const name of ["", undefined]) {
      assert.throws(() => named(name), /the name of the user is empty; nothing was sent to AWS/);
    }
  });
});

describe("A list of several pages", () => {
  it("is read to its end, empty pages included", async () => {
    const asked: (string | undefined)[] = [];
    const pages: Record<string, { items: number[] | undefined; next: string | undefined }> = {
      first: { items: [1, 2], next: "second" },
      second: { items: undefined, next: "third" },
      third: { items: [3], next: undefined },
    };
    const found = await allPages(async (token) => {
      asked.push(token);
      return pages[token ?? "first"] ?? { items: [], next: undefined };
    });
    assert.deepEqual(found, [1, 2, 3]);
    assert.deepEqual(asked, [undefined, "second", "third"]);
  });

  it("fails as a whole when one page fails", async () => {
    const failure = awsError("Throttling");
    await assert.rejects(
      allPages(async (token) => {
        if (token !== undefined) throw failure;
        return { items: [1], next: "second" };
      }),
      failure,
    );
  });
});

describe("An absent thing", () => {
  it("is told by the name of the error, and by nothing else", async () => {
    const missing = () => Promise.reject(awsError("NoSuchEntityException"));
    assert.equal(await absentIs("none", "NoSuchEntityException", missing), "none");
    assert.equal(await absentIs("none", "NoSuchEntityException", async () => "some"), "some");
    await assert.rejects(absentIs("none", "UserNotFoundFault", missing), { name: "NoSuchEntityException" });
    await assert.rejects(absentIs("none", "NoSuchEntityException", () => Promise.reject("text")));
  });
});
