import type { IamArgs, IamLive } from "../../../provider/iam/gateway";
import { iamUser } from "../../../provider/iam/kind";
import { behavesLikeAUserGateway } from "../gatewayContract";

const PermissionsBoundary = "arn:aws:iam::aws:policy/ReadOnlyAccess";

behavesLikeAUserGateway<IamArgs, IamLive>({
  kind: iamUser,
  args: (userName) => ({ region: "us-east-1", userName, path: "/" }),
  nameless: () => ({ region: "us-east-1", userName: "", path: "/" }),
  emptyId: "",
  creates: { UserName: "ann", Path: "/" },
  denied: "AccessDenied",
  listOperation: "ListUsers",
  tagOperations: { put: "TagUser", remove: "UntagUser" },
  changes: [
    { want: {}, changed: [], sends: [] },
    {
      want: { path: "/ci/" },
      changed: ["path"],
      sends: [{ operation: "UpdateUser", parameters: { UserName: "ann", NewPath: "/ci/" } }],
    },
    {
      want: { permissionsBoundary: PermissionsBoundary },
      changed: ["permissionsBoundary"],
      sends: [
        { operation: "PutUserPermissionsBoundary", parameters: { UserName: "ann", PermissionsBoundary } },
      ],
    },
    {
      from: { permissionsBoundary: PermissionsBoundary },
      want: {},
      changed: ["permissionsBoundary"],
      sends: [{ operation: "DeleteUserPermissionsBoundary", parameters: { UserName: "ann" } }],
    },
  ],
});
