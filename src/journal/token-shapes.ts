/**
 * Shapes of well-known secrets, as regular expression sources that match in linear time: each starts with a fixed prefix, and what
 * follows is one class of characters.
 */
export const tokenShapes: readonly string[] = [
  // GitHub, https://github.blog/engineering/behind-githubs-new-authentication-token-formats
  "gh[pousr]_[A-Za-z0-9]{20,}",
  "github_pat_[A-Za-z0-9_]{20,}",
  // OpenAI, Anthropic and Stripe
  "(?<![A-Za-z0-9_-])(?:sk|rk)[-_][A-Za-z0-9_-]{16,}",
  // AWS access key ids
  "(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])",
  // Slack
  "xox[abeoprs]-[A-Za-z0-9-]{10,}",
  "xapp-[A-Za-z0-9-]{10,}",
  // GitLab, npm, PyPI, Google
  "glpat-[A-Za-z0-9_-]{20,}",
  "npm_[A-Za-z0-9]{36,}",
  "pypi-[A-Za-z0-9_-]{40,}",
  "AIza[A-Za-z0-9_-]{35}",
  // JSON Web Tokens: a base64url JSON object, its payload, its signature
  "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*",
];

/** The line that opens a private key in PEM form. */
export const keyBegin: RegExp = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** The line that closes it. */
export const keyEnd: RegExp = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** A line that may stand inside a private key: base64, a header, or nothing. */
export const keyLine: RegExp = /^[\s"'>|]*(?:[A-Za-z0-9+/=]*|(?:Proc-Type|DEK-Info|Version|Comment): ?.*)[\s"',\\]*$/;

/** Names of variables whose values are taken for secrets without being named. */
export const secretName: RegExp =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)(?:_|$)/i;
