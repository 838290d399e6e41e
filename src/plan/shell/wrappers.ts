import type { ShellWord } from "#model/shell-syntax";

/** The words a wrapper runs, given its own arguments; undefined when it runs nothing here. */
type Wrapper = (args: readonly ShellWord[]) => readonly ShellWord[] | undefined;

/** Skips options (some take a value) and a number of operands of the wrapper's own. */
function after(valued: readonly string[], own = 0): Wrapper {
  return (args) => {
    let index = 0;
    let skipped = 0;
    for (; index < args.length; index++) {
      const value = valueAt(args, index);
      if (value === "--") return args.slice(index + 1 + (own - skipped));
      if (value.startsWith("-") && value.length > 1) index += valued.includes(value) ? 1 : 0;
      else if (skipped < own) skipped += 1;
      else break;
    }
    return index < args.length ? args.slice(index) : undefined;
  };
}

function valueAt(args: readonly ShellWord[], index: number): string {
  const word = args[index];
  return word?.literal ?? word?.raw ?? "";
}

/** `tool exec …`, `tool run …`: a subcommand that runs a program. */
function whenFirst(names: readonly string[], inner: Wrapper): Wrapper {
  return (args) => (names.includes(valueAt(args, 0)) ? inner(args.slice(1)) : undefined);
}

const environment: Wrapper = (args) => {
  const inner = after(["-u", "--unset", "-C", "--chdir", "-S"])(args);
  const first = inner?.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word.raw)) ?? -1;
  return first < 0 ? undefined : inner?.slice(first);
};

/** `command -v x` asks, `command x` runs. */
const shellCommand: Wrapper = (args) => (/^-[pvV]*[vV]/.test(valueAt(args, 0)) ? undefined : after([])(args));

/** `python -m tool` runs the tool, but some modules are part of Python and stay arguments. */
const pythonModule: Wrapper = (args) => {
  const index = args.findIndex((word) => !/^-[BEIsSuvWX]/.test(word.raw));
  if (valueAt(args, index) !== "-m") return undefined;
  const module = args[index + 1];
  return module === undefined || ownModules.has(module.raw) ? undefined : args.slice(index + 1);
};

const ownModules = new Set([
  "json.tool",
  "venv",
  "http.server",
  "compileall",
  "py_compile",
  "timeit",
  "site",
  "ensurepip",
]);

const containerOptions = [
  ..."-e -v -p -w -u -m -l -f".split(" "),
  ..."--name --network --env --env-file --volume --publish --workdir --user --entrypoint --memory --cpus --platform --label".split(
    " ",
  ),
  ..."--mount --add-host --gpus --index --file --project-name".split(" "),
];

/** `docker exec CONTAINER command`, `docker compose run SERVICE command`: the status is the command's unless it is detached. */
const container: Wrapper = (args) => {
  const verb = args.findIndex((word) => word.raw === "run" || word.raw === "exec");
  const isCompose = valueAt(args, 0) === "compose";
  if (verb < 0 || (verb > 0 && !isCompose)) return undefined;
  const rest = args.slice(verb + 1);
  if (rest.some((word) => /^(?:-[a-z]*d[a-z]*|--detach)$/.test(word.raw))) return undefined;
  return after(containerOptions, 1)(rest);
};

/** `kubectl exec POD -- command`. */
const pod: Wrapper = (args) => {
  const at = args.findIndex((word) => word.raw === "--");
  return valueAt(args, 0) === "exec" && at > 0 ? args.slice(at + 1) : undefined;
};

const packageRunner = after(["-p", "--package", "-w", "--workspace"]);

/** Programs that run another program, with the way to its words. */
const wrappers: Readonly<Record<string, Wrapper>> = {
  env: environment,
  command: shellCommand,
  builtin: after([]),
  exec: after(["-a"]),
  time: after(["-f", "-o"]),
  nohup: after([]),
  setsid: after([]),
  nice: after(["-n", "--adjustment"]),
  ionice: after(["-c", "-n", "-p"]),
  stdbuf: after(["-i", "-o", "-e"]),
  unbuffer: after([]),
  timeout: after(["-k", "-s", "--kill-after", "--signal"], 1),
  gtimeout: after(["-k", "-s", "--kill-after", "--signal"], 1),
  flock: after(["-w", "-E"], 1),
  sudo: after(["-u", "-g", "-C", "-h", "-p", "-D", "-R", "-T", "--user", "--group"]),
  doas: after(["-u", "-C"]),
  xargs: after([
    "-n",
    "-P",
    "-I",
    "-L",
    "-d",
    "-a",
    "-s",
    "-E",
    "--max-args",
    "--max-procs",
    "--delimiter",
    "--arg-file",
  ]),
  "xvfb-run": after(["-s", "-n", "-e", "-f", "-p", "-w"]),
  npx: packageRunner,
  bunx: packageRunner,
  npm: whenFirst(["exec", "x"], packageRunner),
  pnpm: whenFirst(["exec", "dlx"], packageRunner),
  yarn: whenFirst(["exec", "dlx"], packageRunner),
  bun: whenFirst(["x"], packageRunner),
  poetry: whenFirst(["run"], after([])),
  pipenv: whenFirst(["run"], after([])),
  pdm: whenFirst(["run"], after([])),
  hatch: whenFirst(["run"], after([])),
  busybox: after([]),
  parallel: after(["-j", "--jobs", "-a", "-I"]),
  rye: whenFirst(["run"], after([])),
  uv: whenFirst(["run"], after(["--with", "--python", "-p", "--extra", "--group"])),
  uvx: after(["--with", "--from", "--python", "-p"]),
  pipx: whenFirst(["run"], after(["--spec"])),
  bundle: whenFirst(["exec"], after([])),
  python: pythonModule,
  python3: pythonModule,
  coverage: whenFirst(["run"], pythonModule),
  docker: container,
  podman: container,
  "docker-compose": (args) => (/^(?:run|exec)$/.test(valueAt(args, 0)) ? container(args) : undefined),
  kubectl: pod,
};

/** The words a program hands on to another, or undefined when it runs none. */
export function nestedWords(program: string, args: readonly ShellWord[]): readonly ShellWord[] | undefined {
  return Object.hasOwn(wrappers, program) ? wrappers[program]?.(args) : undefined;
}
