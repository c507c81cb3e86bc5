/** What AWS finds wrong with the passwords of a MemoryDB or ElastiCache user, without repeating any of them. */
export function passwordProblem(passwords: readonly string[]): string | undefined {
  if (passwords.length < 1 || passwords.length > 2) {
    return "A user with password authentication needs one or two passwords.";
  }
  if (passwords.some((password) => password.length < 16 || password.length > 128)) {
    return "Passwords must be 16 to 128 characters long.";
  }
  if (!passwords.every((password) => /^[!-~]+$/.test(password) && !/[,"/@]/.test(password))) {
    return 'Passwords may hold printable characters other than comma, ", / and @ only.';
  }
  return undefined;
}
