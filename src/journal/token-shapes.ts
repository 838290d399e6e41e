/**
 * Shapes of well-known secrets, as regular expression sources that match in linear time: each starts with a fixed prefix, and what
 * follows is one class of characters. None matches more than `longestShape` characters. In groups, because an engine reads several
 * small alternations many times faster than one of all.
 */
const shapeGroups: readonly (readonly string[])[] = [
  [
    // GitHub, https://github.blog/engineering/behind-githubs-new-authentication-token-formats
    "gh[pousr]_[A-Za-z0-9]{20,512}",
    "github_pat_[A-Za-z0-9_]{20,512}",
    // OpenAI, Anthropic and Stripe
    "(?<![A-Za-z0-9_-])(?:sk|rk)[-_][A-Za-z0-9_-]{16,512}",
    // AWS access key ids
    "(?<![A-Za-z0-9])(?:AKIA|ASIA)[0-9A-Z]{16}(?![0-9A-Z])",
    // Slack
    "xox[abeoprs]-[A-Za-z0-9-]{10,512}",
    "xapp-[A-Za-z0-9-]{10,512}",
  ],
  [
    // GitLab, npm, PyPI, Google
    "glpat-[A-Za-z0-9_.-]{20,512}",
    "npm_[A-Za-z0-9]{36,512}",
    "pypi-[A-Za-z0-9_-]{40,1024}",
    "AIza[A-Za-z0-9_-]{35}",
    // JSON Web Tokens: a base64url JSON object, its payload, its signature
    "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{8,4000}\\.[A-Za-z0-9_-]{0,4000}",
  ],
  [
    // Signatures of Stripe's web hooks, Docker, Google, SendGrid, DigitalOcean, Vault, age
    "whsec_[A-Za-z0-9+/]{24,512}",
    "dckr_pat_[A-Za-z0-9_-]{20,512}",
    "ya29\\.[A-Za-z0-9_-]{20,2048}",
    "GOCSPX-[A-Za-z0-9_-]{20,256}",
    "(?<![A-Za-z0-9])SG\\.[A-Za-z0-9_-]{16,128}\\.[A-Za-z0-9_-]{16,128}",
    "do[opr]_v1_[a-f0-9]{64}",
    "hv[sbr]\\.[A-Za-z0-9_-]{24,1024}",
  ],
  // RubyGems, Hugging Face, crates.io
  ["rubygems_[a-f0-9]{48}", "hf_[A-Za-z0-9]{30,256}", "(?<![A-Za-z0-9])cio[A-Za-z0-9]{32}(?![A-Za-z0-9])"],
  // Other tokens of GitLab
  ["gl[dr]t-[A-Za-z0-9_.-]{20,512}"],
  ["AGE-SECRET-KEY-1[A-Z0-9]{50,128}"],
];

/** What tells fast that something may stand in a text. */
export interface Cue {
  test(text: string): boolean;
}

/** Name and password in a URL. Why: most output holds no `@`, and an engine finds one character faster than any pattern. */
const urlCue: Cue = {
  test: (text) => text.includes("@") && /:\/\/[^\s/:@"'<>]{0,128}:[^\s/:@"'<>]{1,256}@/.test(text),
};

/** Shapes that look at what stands before them, each with what tells that one may stand here. */
const shapesWithCue: readonly (readonly [Cue, string])[] = [
  // Name and password in a URL
  [urlCue, "(?<=://)[^\\s/:@\"'<>]{0,128}:[^\\s/:@\"'<>]{1,256}(?=@)"],
  // What an HTTP client sends
  [/uthorization: ?[BbTt]/, "(?<=[Aa]uthorization: ?(?:[Bb]asic|[Bb]earer|[Tt]oken) )[A-Za-z0-9+/=._~-]{8,4000}"],
  // The secret of an AWS access key, where it is named
  [
    /_secret_access_key|_SECRET_ACCESS_KEY/,
    "(?<=(?:_secret_access_key|_SECRET_ACCESS_KEY)[ \\t]?[=:][ \\t]?[\"']?)[A-Za-z0-9/+]{40}",
  ],
  // Web hooks of Slack
  [/\/services\/T/, "(?<=/services/)T[A-Z0-9]{6,20}/B[A-Z0-9]{6,20}/[A-Za-z0-9]{16,64}"],
];

/** All shapes of tokens. */
export const tokenShapes: readonly string[] = [...shapeGroups.flat(), ...shapesWithCue.map(([, shape]) => shape)];

/** A text in which none of these finds anything holds no token. */
export const tokenCues: readonly Cue[] = [
  ...shapeGroups.map((shapes) => new RegExp(shapes.join("|"))),
  ...shapesWithCue.map(([cue]) => cue),
];

/** Most characters a shape matches. */
export const longestShape = 12_100;

/** Most characters before a match that a shape looks at. */
export const shapeContext = 40;

/** The line that opens a private key in PEM form. */
export const keyBegin: RegExp = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** What each such line holds. */
export const keyCue: RegExp = /-----BEGIN/;

/** The line that closes it. */
export const keyEnd: RegExp = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/;

/** Most characters of either. */
export const longestMarker = 80;

/** A line that may stand inside a private key: base64, a header, or nothing. */
export const keyLine: RegExp = /^[\s"'>|]*(?:[A-Za-z0-9+/=]*|(?:Proc-Type|DEK-Info|Version|Comment): ?.*)[\s"',\\]*$/;

/** Names of variables whose values are taken for secrets without being named. */
export const secretName: RegExp =
  /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)(?:_|$)/i;
