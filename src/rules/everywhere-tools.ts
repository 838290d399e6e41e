const builtins =
  ". : [ alias bg bind break builtin caller cd command compgen complete continue declare dirs disown echo enable eval exec exit export false fc fg getopts hash help history jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return set shift shopt source suspend test time times trap true type typeset ulimit umask unalias unset wait";
const system =
  "awk basename bash base64 cat chgrp chmod chown cksum cmp comm cp csplit cut date dd df diff dirname du env expand expr factor file find fmt fold gawk grep egrep fgrep groups gzip gunzip head hostname id install join ln logname ls md5sum mkdir mkfifo mktemp mv nice nl nohup nproc od paste patch printenv ps readlink realpath rev rm rmdir sed seq sh sha1sum sha256sum sha512sum shred shuf sleep sort split stat stdbuf stty sudo sum sync tac tail tar tee timeout touch tr truncate tty uname uniq wc which who whoami xargs yes";

/** Builtins of bash and programs of every system that has bash: nobody declares them. */
export const everywhereTools: ReadonlySet<string> = new Set(`${builtins} ${system}`.split(" "));

/** What a tool comes with: having the one is having the other. */
const comesWith: Readonly<Record<string, readonly string[]>> = {
  node: ["node", "nodejs"],
  npm: ["npm", "node", "nodejs"],
  npx: ["npx", "npm", "node", "nodejs"],
  corepack: ["corepack", "node"],
  python3: ["python", "python3"],
  python: ["python", "python3"],
  pip: ["pip", "pip3", "python", "python3"],
  pip3: ["pip", "pip3", "python", "python3"],
  cargo: ["cargo", "rust"],
  rustc: ["rustc", "rust"],
  go: ["go", "golang"],
  gofmt: ["go", "golang"],
  javac: ["java", "jdk", "javac"],
  java: ["java", "jdk", "jre"],
  psql: ["psql", "postgresql", "postgres"],
  "docker-compose": ["docker-compose", "docker", "compose"],
  kubectl: ["kubectl", "kubernetes"],
  "redis-cli": ["redis-cli", "redis"],
  aws: ["aws", "awscli"],
  gcloud: ["gcloud"],
};

/** Names under which prerequisites may declare a tool. */
export function toolNames(name: string): readonly string[] {
  return comesWith[name] ?? [name];
}
