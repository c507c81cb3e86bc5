import { memoryDbUser } from "../../../provider/memorydb/kind";
import { behavesLikeAUserGateway } from "../gatewayContract";

const base = { region: "us-east-1", accessString: "on ~* +@read", authentication: { type: "iam" } };

behavesLikeAUserGateway({
  kind: memoryDbUser,
  args: (userName) => ({ ...base, userName }),
  nameless: () => ({ ...base, userName: "" }),
  emptyId: "",
  creates: { UserName: "ann", AccessString: "on ~* +@read", AuthenticationMode: { Type: "iam" } },
  denied: "AccessDeniedException",
  listOperation: "DescribeUsers",
  tagOperations: { put: "TagResource", remove: "UntagResource" },
  changes: [
    { want: {}, changed: [], sends: [] },
    {
      want: { accessString: "on ~* +@all" },
      changed: ["accessString"],
      sends: [{ operation: "UpdateUser", parameters: { UserName: "ann", AccessString: "on ~* +@all" } }],
    },
    {
      want: { authentication: { type: "iam" } },
      changed: ["authentication"],
      sends: [
        { operation: "UpdateUser", parameters: { UserName: "ann", AuthenticationMode: { Type: "iam" } } },
      ],
    },
  ],
});
