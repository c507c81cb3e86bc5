import assert from "node:assert/strict";
import fc from "fast-check";
import { isOwnerKey, ownerIn, ownerTags } from "../../../provider/aws/ownerTag";

const TYPE = "pulumi-nodejs:dynamic/aws-users/iam:User";

describe("The mark of whose a user is", () => {
  it("has project, stack and resource as they are in the URN, each in a tag of its own", () => {
    assert.deepEqual(ownerTags(`urn:pulumi:prod::shop::${TYPE}::deployer`), {
      "pulumi-aws-users:project": "shop",
      "pulumi-aws-users:stack": "prod",
      "pulumi-aws-users:resource": `${TYPE}::deployer`,
    });
  });

  it("writes what tags may not hold by its bytes, and reads it again", () => {
    const urn = `urn:pulumi:prod::shop::app:Api$${TYPE}::grün & 100%=`;
    const tags = ownerTags(urn);
    assert.equal(tags["pulumi-aws-users:resource"], `app:Api=24${TYPE}::gr=C3=BCn=20=26=20100=25=3D`);
    assert.equal(ownerIn(tags)?.resource, `app:Api$${TYPE}::grün & 100%=`);
  });

  it("keeps the end of what is too long, and says that something is missing", () => {
    const { resource = "" } =
      ownerIn(ownerTags(`urn:pulumi:prod::shop::${"a:B$".repeat(90)}${TYPE}::ann`)) ?? {};
    assert.match(resource, /^….*a:B\$pulumi-nodejs:dynamic\/aws-users\/iam:User::ann$/);
  });

  it("is read again as it was written, so that no two resources have the same", () => {
    const name = fc.string({ minLength: 1, maxLength: 15, unit: "binary" });
    fc.assert(
      fc.property(name, (text) => {
        const { resource } = ownerIn(ownerTags(`urn:pulumi:s::p::${TYPE}::${text}`)) ?? {};
        assert.equal(resource, `${TYPE}::${text}`);
      }),
    );
  });

  it("has values that AWS takes, whatever the name and however long", () => {
    const name = fc.string({ minLength: 1, maxLength: 300, unit: "binary", size: "max" });
    fc.assert(
      fc.property(name, (text) => {
        for (const value of Object.values(ownerTags(`urn:pulumi:s::p::${TYPE}::${text}`))) {
          assert.match(value, /^[\w.:/=+@-]{1,256}$/);
        }
      }),
    );
  });

  it("is none for what is no URN, and none where a part is missing", () => {
    assert.deepEqual(ownerTags(""), {});
    const { "pulumi-aws-users:stack": _, ...rest } = ownerTags(`urn:pulumi:prod::shop::${TYPE}::ann`);
    assert.equal(ownerIn(rest), undefined);
    assert.equal(ownerIn({}), undefined);
  });

  it("is shown as it is where somebody wrote it by hand", () => {
    const mark = {
      ...ownerTags(`urn:pulumi:prod::shop::${TYPE}::ann`),
      "pulumi-aws-users:resource": "100%=FF",
    };
    assert.equal(ownerIn(mark)?.resource, "100%=FF");
  });

  it("is known by its keys, whatever their case", () => {
    assert.deepEqual(
      ["pulumi-aws-users:stack", "Pulumi-AWS-Users:X", "pulumi-aws-users", "team"].map(isOwnerKey),
      [true, true, false, false],
    );
  });
});
