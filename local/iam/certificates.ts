import { newUniqueId } from "../identifiers";
import type { Members } from "../service";
import type { Certificate, User } from "./account";
import {
  change,
  type IamOperations,
  keepQuota,
  needed,
  noSuchEntity,
  pageOf,
  type Scope,
  userToChange,
  userToRead,
} from "./operation";

const CERTIFICATES_PER_USER = 2;

/** X.509 signing certificates. Any text is taken for one. */
export const certificateOperations: IamOperations = {
  UploadSigningCertificate: { required: ["CertificateBody"], run: upload },
  ListSigningCertificates: { run: listCertificates },
  DeleteSigningCertificate: { required: ["CertificateId"], run: remove },
};

function upload(input: Members, scope: Scope): Members {
  const row = userToChange(input, scope);
  keepQuota("SigningCertificatesPerUser", CERTIFICATES_PER_USER, row.user.certificates.length);
  const certificate: Certificate = {
    id: newUniqueId("TESTCERT"),
    body: needed(input, "CertificateBody"),
    uploadDate: new Date(scope.caller.now),
  };
  change(row, { certificates: [...row.user.certificates, certificate] }, scope);
  return { Certificate: describe(row.user, certificate) };
}

function listCertificates(input: Members, scope: Scope): Members {
  const user = userToRead(input, scope);
  const shown = (certificate: Certificate) => describe(user, certificate);
  return pageOf("Certificates", user.certificates, ({ id }) => id, shown, input, scope);
}

function remove(input: Members, scope: Scope): Members {
  const wanted = needed(input, "CertificateId");
  const row = userToChange(input, scope);
  const certificates = row.user.certificates.filter(({ id }) => id !== wanted);
  if (certificates.length === row.user.certificates.length) {
    throw noSuchEntity(`The Certificate with id ${wanted} cannot be found.`);
  }
  change(row, { certificates }, scope);
  return {};
}

function describe({ name }: User, { id, body, uploadDate }: Certificate): Members {
  return {
    UserName: name,
    CertificateId: id,
    CertificateBody: body,
    Status: "Active",
    UploadDate: uploadDate,
  };
}
