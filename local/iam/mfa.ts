import { randomBytes } from "node:crypto";
import { toBase32 } from "../identifiers";
import type { Members } from "../service";
import type { MfaDevice, User, VirtualDevice } from "./account";
import {
  alreadyExists,
  change,
  deleteConflict,
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
import { summarizeUser } from "./users";

const DEVICES_PER_USER = 8;

/**
 * MFA devices. Virtual ones exist on their own and are assigned to a user; every other serial number stands for
 * hardware or a security key that is there for the asking. Any two codes of six digits are right.
 */
export const mfaOperations: IamOperations = {
  CreateVirtualMFADevice: { required: ["VirtualMFADeviceName"], run: createVirtual },
  DeleteVirtualMFADevice: { required: ["SerialNumber"], run: deleteVirtual },
  ListVirtualMFADevices: { run: listVirtual },
  EnableMFADevice: {
    required: ["UserName", "SerialNumber", "AuthenticationCode1", "AuthenticationCode2"],
    run: enable,
  },
  DeactivateMFADevice: { required: ["SerialNumber"], run: deactivate },
  ListMFADevices: { run: listDevices },
};

function createVirtual(input: Members, { account, caller }: Scope): Members {
  const path = text(input, "Path") ?? "/";
  const serial = `arn:aws:iam::${account.number}:mfa${path}${needed(input, "VirtualMFADeviceName")}`;
  if (account.devices.current(serial)) {
    throw alreadyExists("MFADevice entity at the same path and name already exists.");
  }
  const device: VirtualDevice = { serial, seed: toBase32(randomBytes(40)) };
  account.devices.put(serial, device, caller.now);
  // The image that a phone would scan is left out: nobody scans it here.
  const seed = Buffer.from(device.seed);
  return { VirtualMFADevice: { SerialNumber: serial, Base32StringSeed: seed, QRCodePNG: seed } };
}

function deleteVirtual(input: Members, { account, caller }: Scope): Members {
  const serial = needed(input, "SerialNumber");
  if (!account.devices.current(serial)) {
    throw missingVirtual(serial);
  }
  if (holderOf(serial, account.users.allCurrent())) {
    throw deleteConflict("MFA VirtualDevice in use. Must deactivate first.");
  }
  account.devices.remove(serial, caller.now);
  return {};
}

function listVirtual(input: Members, scope: Scope): Members {
  const { account, caller } = scope;
  const wanted = text(input, "AssignmentStatus") ?? "Any";
  const users = account.users.allSeen(caller.now);
  const devices = account.devices
    .allSeen(caller.now)
    .map(({ serial }) => ({ serial, holder: holderOf(serial, users) }))
    .filter(({ holder }) => wanted === "Any" || (wanted === "Assigned") === (holder !== undefined));
  const shown = ({ serial, holder }: (typeof devices)[number]) => ({
    SerialNumber: serial,
    User: holder && summarizeUser(holder, account),
    EnableDate: holder?.mfaDevices.find((device) => device.serial === serial)?.enableDate,
  });
  return pageOf("VirtualMFADevices", devices, ({ serial }) => serial, shown, input, scope);
}

function enable(input: Members, scope: Scope): Members {
  const serial = needed(input, "SerialNumber");
  const { account, caller } = scope;
  const row = userToChange(input, scope);
  if (serial.includes(":mfa/") && !account.devices.current(serial)) {
    throw missingVirtual(serial);
  }
  if (holderOf(serial, account.users.allCurrent())) {
    throw alreadyExists("MFA Device is already in use.");
  }
  const { mfaDevices } = row.user;
  keepQuota("MFADevicesPerUser", DEVICES_PER_USER, mfaDevices.length);
  change(row, { mfaDevices: [...mfaDevices, { serial, enableDate: new Date(caller.now) }] }, scope);
  return {};
}

function deactivate(input: Members, scope: Scope): Members {
  const wanted = needed(input, "SerialNumber");
  const row = userToChange(input, scope);
  const mfaDevices = row.user.mfaDevices.filter(({ serial }) => serial !== wanted);
  if (mfaDevices.length === row.user.mfaDevices.length) {
    throw noSuchEntity(`MFA Device invalid for user ${row.user.name}.`);
  }
  change(row, { mfaDevices }, scope);
  return {};
}

function listDevices(input: Members, scope: Scope): Members {
  const user = userToRead(input, scope);
  const shown = ({ serial, enableDate }: MfaDevice) => ({
    UserName: user.name,
    SerialNumber: serial,
    EnableDate: enableDate,
  });
  return pageOf("MFADevices", user.mfaDevices, ({ serial }) => serial, shown, input, scope);
}

function holderOf(serial: string, users: readonly User[]): User | undefined {
  return users.find(({ mfaDevices }) => mfaDevices.some((device) => device.serial === serial));
}

function missingVirtual(serial: string): Error {
  return noSuchEntity(`VirtualMFADevice with serial number ${serial} does not exist.`);
}
