import { hasOption, subcommand } from "../shell/invocation.ts";
import { type RiskRule, always, found, reads, writesTo } from "./risk-finding.ts";

const machine = always("outside", "changes this machine");
const disk = always("destructive", "overwrites a disk");
const power = always("destructive", "stops this machine");
const processes = always("outside", "ends processes");

const control: RiskRule = (call) => {
  const verb = subcommand(call)?.name ?? "status";
  if (["poweroff", "reboot", "halt", "kexec", "suspend", "hibernate", "rescue", "emergency"].includes(verb))
    return power(call);
  return ["status", "is-active", "is-enabled", "is-failed", "list-units", "show", "cat"].includes(verb)
    ? []
    : machine(call);
};

const storage: RiskRule = (call) => {
  const verb = call.values[0] ?? "list";
  if (["list", "get", "status"].includes(verb)) return [];
  return ["destroy", "rollback", "labelclear"].includes(verb) ? disk(call) : machine(call);
};

const crontab: RiskRule = (call) => {
  if (hasOption(call.values, "-l")) return [];
  return hasOption(call.values, "-r") ? found("destructive", "deletes all timed jobs") : machine(call);
};

/** Programs of the operating system. */
export const systemPrograms: Readonly<Record<string, RiskRule>> = {
  systemctl: control,
  service: (call) => (call.values.at(-1) === "status" ? [] : machine(call)),
  launchctl: machine,
  crontab,
  useradd: machine,
  usermod: machine,
  userdel: always("destructive", "deletes a user"),
  groupadd: machine,
  passwd: machine,
  mount: machine,
  umount: machine,
  sysctl: machine,
  modprobe: machine,
  iptables: machine,
  ufw: machine,
  "update-alternatives": machine,
  hostnamectl: machine,
  kill: (call) =>
    call.values.slice(1).includes("-1")
      ? power(call)
      : call.values.includes("-0") || hasOption(call.values, "-l")
        ? []
        : processes(call),
  pkill: processes,
  killall: processes,
  fuser: (call) => (hasOption(call.values, "-k") ? processes(call) : []),
  fdisk: (call) => (hasOption(call.values, "-l") ? [] : disk(call)),
  parted: disk,
  wipefs: disk,
  mkfs: disk,
  mkswap: disk,
  shutdown: power,
  reboot: power,
  halt: power,
  poweroff: power,
  init: (call) => (/^[016]$/.test(call.values[0] ?? "") ? power(call) : machine(call)),
  telinit: power,
  lvremove: disk,
  vgremove: disk,
  pvremove: disk,
  sgdisk: disk,
  cryptsetup: (call) => (/^(?:luksFormat|erase|reencrypt)$/.test(call.values[0] ?? "") ? disk(call) : machine(call)),
  zfs: storage,
  zpool: storage,
  at: machine,
  batch: machine,
  loginctl: machine,
  chsh: machine,
  groupdel: machine,
  visudo: machine,
  swapoff: machine,
  swapon: machine,
  setenforce: machine,
  nft: machine,
  defaults: (call) =>
    call.values[0] === "read"
      ? []
      : call.values[0] === "delete"
        ? found("destructive", "deletes settings")
        : machine(call),
  "ssh-keygen": (call) => {
    const at = call.values.indexOf("-f");
    return hasOption(call.values, "-l")
      ? []
      : writesTo(call, at < 0 ? [] : call.args.slice(at + 1, at + 2), "writes a key to");
  },
  sudo: () => [],
  dropdb: always("destructive", "deletes a database"),
  createdb: always("outside", "makes a database"),
  "redis-cli": (call) =>
    call.values.some((value) => /^flush(?:all|db)$/i.test(value))
      ? found("destructive", "deletes all keys")
      : call.values.some((value) => /^(?:ping|get|info|exists|keys|ttl|dbsize)$/i.test(value))
        ? []
        : found("outside", "may change a database"),
  pg_isready: reads,
  pg_dump: reads,
  source: () => [{ risk: "workspace", reason: "runs another file in this shell", writes: false }],
  ".": () => [{ risk: "workspace", reason: "runs another file in this shell", writes: false }],
};

/** Programs that only look, whatever their arguments. */
export const readers: ReadonlySet<string> = new Set(
  `: [ alias basename bat bc bg bind break builtin cal caller cat cd cksum cmp column comm command compgen complete continue
  cut date declare df diff dirname dirs disown du echo egrep enable env exit expand export expr false fc fg fgrep file fmt fold
  free getconf getent getopts grep groups hash head help hexdump history hostname iconv id jobs join jq less let local locale
  logname look ls lsblk lscpu lsof man md5sum more netstat nl nproc numfmt od paste pgrep popd pr printenv printf ps pushd pwd
  read readarray readlink readonly realpath return rev rg ag ack seq set sha1sum sha256sum sha512sum shasum shift shopt sleep
  ss stat strings suspend tac tail test times top tput tr trap tree true tsort tty type typeset ulimit umask unalias uname
  uniq unset uptime users w wait wc whereis which who whoami xmllint xxd yes zcat zgrep shellcheck hadolint yamllint
  markdownlint cloc tokei pyflakes`
    .split(/\s+/)
    .filter((name) => name !== ""),
);
