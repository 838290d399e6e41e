/** What is known of a language whose code commands carry: how it fails, how it hides that, and what never fails. */
export interface CodeLanguage {
  /** Words by which code ends badly because of what it found; searched in code without its texts. */
  readonly decides: RegExp;
  /** Forms that take a failure and go on. */
  readonly catches: RegExp;
  /** Words that stand in this order on one line, or in the whole code, where it prints one of two answers. */
  readonly answers: { readonly line: readonly RegExp[]; readonly whole?: readonly RegExp[] };
  /** Options of the call with which it does not check. */
  readonly muted?: RegExp;
  /** Loads modules: the names are the first or second group. */
  readonly imports: RegExp;
  /** Modules that are part of the language. */
  readonly builtin: ReadonlySet<string>;
  /** Functions that print, or answer without failing. */
  readonly harmless: ReadonlySet<string>;
  /** Calls that are written without parentheses: the name is the first group. */
  readonly commands?: RegExp;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const common =
  "print printf puts p echo log error warn info debug write format join str repr len int float round min max sum any all sorted list dict set tuple bool get items keys values map filter forEach reduce strip trim split replace includes indexOf startsWith endsWith lower upper toString String Number Boolean Array Object stringify if for while switch return function and or not in elif when unless";

const python: CodeLanguage = {
  decides:
    /\bassert\b|\braise\b|\b(?:sys\.exit|os\._exit|exit|quit)\s*\(\s*(?!0?\s*\)|None\b)|\bcheck\s*=\s*True|\bcheck_(?:call|output)\b|raise_for_status/,
  catches: /\bexcept\b|\bsuppress\s*\(/,
  answers: { line: [/\bprint\b/, /\bif\b/, /\belse\b/], whole: [/\bif\b/, /\bprint\b/, /\belse\b/, /\bprint\b/] },
  muted: /\s-O{1,2}\s/,
  imports: /(?:^|[;\n])[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+([\w., ]+))/g,
  builtin: words(
    "abc argparse array ast asyncio base64 bisect builtins calendar collections concurrent configparser contextlib copy csv ctypes dataclasses datetime decimal difflib email enum errno fcntl filecmp fnmatch fractions functools gc getpass glob gzip hashlib heapq html http importlib inspect io ipaddress itertools json locale logging math mimetypes multiprocessing numbers operator os pathlib pickle pkgutil platform pprint queue random re secrets select shlex shutil signal site socket sqlite3 ssl stat statistics string struct subprocess sys sysconfig tarfile tempfile textwrap threading time timeit tomllib traceback types typing unicodedata unittest urllib uuid venv warnings weakref xml zipfile zlib",
  ),
  harmless: words(
    `${common} exists isfile isdir islink is_file is_dir is_symlink getenv Path system run call Popen glob rglob sleep now time today datetime getcwd cwd abspath basename dirname which exit quit main`,
  ),
};

const node: CodeLanguage = {
  decides:
    /\bthrow\b|\bassert\b|\bprocess\.exit\s*\(\s*(?!0?\s*\))|\bprocess\.exitCode\s*=\s*(?!0\b)|\bexec(?:File)?Sync\b|\bprocess\.abort\b/,
  catches: /\bcatch\s*(?:\([^)]{0,40}\))?\s*\{|\.catch\s*\(/,
  answers: {
    line: [/\bconsole\.\w/, /\?[^.?]/, /:/],
    whole: [/\bif\b/, /\bconsole\./, /\belse\b/, /\bconsole\./],
  },
  imports: /\brequire\s*\(\s*["'`]([^"'`]+)["'`]|\b(?:from|import)\s*\(?\s*["'`]([^"'`]+)["'`]/g,
  builtin: words(
    "assert async_hooks buffer child_process cluster console crypto dgram dns events fs fs/promises http http2 https module net os path perf_hooks process punycode querystring readline repl stream string_decoder timers tls tty url util v8 vm worker_threads zlib",
  ),
  harmless: words(
    `${common} require existsSync fetch then finally json text spawn spawnSync exec execFile resolve join setTimeout setInterval Date now cwd exit import`,
  ),
};

const ruby: CodeLanguage = {
  decides: /\braise\b|\babort\b|\bexit\s*\(?\s*(?:[1-9]|false|!|[a-z_]\w*)|\bor\s+exit\b|\bfail\b/,
  catches: /\brescue\b/,
  answers: { line: [/\b(?:puts|print|p)\b/, /\s\?\s/, /:/] },
  imports: /\brequire(?:_relative)?\s*\(?\s*["']([^"']+)["']/g,
  builtin: words("json yaml set time date fileutils open3 net/http uri csv digest erb socket tempfile pathname"),
  harmless: words(`${common} exist? file? directory? system spawn File Dir require do end if then else`),
  commands: /(?:^|[;\n{|]|\bdo\b)[ \t]*([a-z_]\w*[?!]?)(?=\s+[^\s=+*/.<>-])/g,
};

const perl: CodeLanguage = {
  decides: /\bdie\b|\bexit\s*\(?\s*(?:[1-9]|!|\$)|\bcroak\b/,
  catches: /\beval\s*\{/,
  answers: { line: [/\b(?:print|say)\b/, /\s\?\s/, /:/] },
  imports: /\buse\s+([A-Z][\w:]+)/g,
  builtin: words("JSON::PP Data::Dumper File::Spec File::Basename List::Util POSIX Time::HiRes Cwd"),
  harmless: words(`${common} system my print say chomp sprintf defined`),
  commands: /(?:^|[;\n{])[ \t]*([a-z_]\w*)(?=\s+[^\s=+*/.<>-])/g,
};

const php: CodeLanguage = {
  decides: /\bthrow\b|\bexit\s*\(\s*(?:[1-9]|!|\$|[a-z])|\bdie\s*\(\s*1/,
  catches: /\bcatch\s*\(/,
  answers: { line: [/\b(?:print|echo)\b/, /\s\?\s/, /:/] },
  imports: /\brequire(?:_once)?\s*\(?\s*["']([^"']+)["']/g,
  builtin: words(""),
  harmless: words(
    `${common} file_exists is_file is_dir system exec shell_exec passthru var_dump print_r count empty isset`,
  ),
};

/** Languages by the name of their interpreter. */
export const languages: Readonly<Record<string, CodeLanguage>> = { python, node, ruby, perl, php };
