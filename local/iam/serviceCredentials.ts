import { randomBytes } from "node:crypto";
import { newUniqueId } from "../identifiers";
import { type Members, ServiceError } from "../service";
import type { ServiceCredential, User } from "./account";
import {
  change,
  type IamOperations,
  keepQuota,
  needed,
  noSuchEntity,
  pageOf,
  type Scope,
  text,
  userToChange,
  userToRead,
} from "./operation";
import { NEW_NAME } from "./validation";

const CREDENTIALS_PER_SERVICE = 2;
const SERVICES = /^(codecommit|cassandra|bedrock|logs)\.amazonaws\.com$/;
const rules = { UserName: NEW_NAME };

/** Passwords for single services, such as git credentials. */
export const serviceCredentialOperations: IamOperations = {
  CreateServiceSpecificCredential: { required: ["UserName", "ServiceName"], rules, run: create },
  ListServiceSpecificCredentials: { rules, run: listCredentials },
  DeleteServiceSpecificCredential: { required: ["ServiceSpecificCredentialId"], rules, run: remove },
};

function create(input: Members, scope: Scope): Members {
  const service = needed(input, "ServiceName");
  requireService(service);
  const row = userToChange(input, scope);
  const present = row.user.serviceCredentials.filter((credential) => credential.service === service);
  keepQuota("ServiceSpecificCredentialsPerUser", CREDENTIALS_PER_SERVICE, present.length);
  const credential: ServiceCredential = {
    id: newUniqueId("ACCA"),
    service,
    userName: `${row.user.name}-at-${scope.account.number}`,
    createDate: new Date(scope.caller.now),
  };
  change(row, { serviceCredentials: [...row.user.serviceCredentials, credential] }, scope);
  const password = randomBytes(24).toString("base64");
  return { ServiceSpecificCredential: { ...describe(row.user, credential), ServicePassword: password } };
}

function listCredentials(input: Members, scope: Scope): Members {
  const service = text(input, "ServiceName");
  if (service !== undefined) {
    requireService(service);
  }
  const user = userToRead(input, scope);
  const credentials = user.serviceCredentials.filter(
    (credential) => service === undefined || credential.service === service,
  );
  const shown = (credential: ServiceCredential) => describe(user, credential);
  return pageOf("ServiceSpecificCredentials", credentials, ({ id }) => id, shown, input, scope);
}

function remove(input: Members, scope: Scope): Members {
  const wanted = needed(input, "ServiceSpecificCredentialId");
  const row = userToChange(input, scope);
  const serviceCredentials = row.user.serviceCredentials.filter(({ id }) => id !== wanted);
  if (serviceCredentials.length === row.user.serviceCredentials.length) {
    throw noSuchEntity(`No such credential ${wanted} exists`);
  }
  change(row, { serviceCredentials }, scope);
  return {};
}

function describe({ name }: User, { id, service, userName, createDate }: ServiceCredential): Members {
  return {
    UserName: name,
    Status: "Active",
    ServiceUserName: userName,
    CreateDate: createDate,
    ServiceSpecificCredentialId: id,
    ServiceName: service,
  };
}

function requireService(service: string): void {
  if (!SERVICES.test(service)) {
    throw new ServiceError(
      "NotSupportedService",
      `No such service ${service} is supported for Credentials`,
      404,
    );
  }
}
