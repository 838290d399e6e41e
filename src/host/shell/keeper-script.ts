/** Prefix of every name that belongs to the session itself and never reaches a state file. */
export const ownPrefix = "__iplan_";

/** Functions of the session that user code can see by `declare -F`; their text is cut from every dump. */
export const ownFunctions: readonly string[] = [
  "__iplan_begin",
  "__iplan_close",
  "__iplan_descriptors",
  "__iplan_directory",
  "__iplan_dump",
  "__iplan_end",
  "__iplan_finish",
  "__iplan_is_global",
  "__iplan_negated",
  "__iplan_open",
  "__iplan_secrets",
  "__iplan_shadows",
  "__iplan_stack",
  "trap",
];

/** Own functions that may not be dropped before the dump, nor may `trap`, which could be the user's. */
const neededToTheEnd = [
  "__iplan_descriptors",
  "__iplan_dump",
  "__iplan_end",
  "__iplan_is_global",
  "__iplan_shadows",
  "trap",
];

// Why: `@{` stands for `${`, which a template literal would take for its own.
const template = String.raw`
# The keeper of a shell session: it runs no user code.
builtin printf 'v %s\0' "$BASH_VERSION"
if (( BASH_VERSINFO[0] < 5 )); then builtin exit 0; fi
builtin shopt -s expand_aliases
BASH_ARGV0=bash __iplan_session=$1 __iplan_usual= __iplan_listed= __iplan_open= __iplan_begun= __iplan_mode= __iplan_latest= __iplan_previous= __iplan_pid= __iplan_status=0 __iplan_options= __iplan_failed=0 __iplan_before=0 __iplan_secret_names=()
builtin set --

trap() {
  if [[ $BASHPID != "$__iplan_pid" ]]; then builtin trap "$@"; builtin return; fi
  builtin local __iplan_action __iplan_signal __iplan_other
  __iplan_other=()
  if [[ $# == 0 || ( $# == 1 && $1 == -p ) ]]; then
    [[ -n @{__iplan_exit+set} ]] && builtin printf 'trap -- %s EXIT\n' "@{__iplan_exit@Q}"
    for (( __iplan_signal = 1; __iplan_signal < 65; __iplan_signal++ )); do
      builtin trap -p "$__iplan_signal" 2>/dev/null
    done
    builtin trap -p DEBUG ERR RETURN
    builtin return
  fi
  if [[ $1 == -p ]]; then
    builtin shift
    for __iplan_signal in "$@"; do
      case @{__iplan_signal^^} in
        0 | EXIT | SIGEXIT) [[ -n @{__iplan_exit+set} ]] && builtin printf 'trap -- %s EXIT\n' "@{__iplan_exit@Q}" ;;
        *) builtin trap -p "$__iplan_signal" || builtin return ;;
      esac
    done
    builtin return 0
  fi
  [[ $1 == -- ]] && builtin shift
  if [[ $1 == -?* ]]; then builtin trap "$@"; builtin return; fi
  if [[ $# == 1 ]]; then builtin set -- - "$1"; fi
  __iplan_action=$1
  builtin shift
  for __iplan_signal in "$@"; do
    case @{__iplan_signal^^} in
      0 | EXIT | SIGEXIT)
        if [[ $__iplan_action == - ]]; then builtin unset -v __iplan_exit; else __iplan_exit=$__iplan_action; fi ;;
      *) __iplan_other+=("$__iplan_signal") ;;
    esac
  done
  if [[ @{#__iplan_other[@]} -gt 0 ]]; then builtin trap -- "$__iplan_action" "@{__iplan_other[@]}"; fi
}

__iplan_directory() {
  __iplan_old=@{OLDPWD-}
  if ! builtin cd -- "$1"; then
    # As in a terminal whose directory was deleted: made again for an instant, or else stood for by one of our own.
    if command -p mkdir -- "$1" && builtin cd -- "$1"; then
      command -p rmdir -- "$1"
    else
      builtin cd -- "$__iplan_session/gone" && command -p rmdir -- "$__iplan_session/gone"
      PWD=$1
    fi
  fi
  if [[ -n $__iplan_old ]]; then OLDPWD=$__iplan_old; else builtin unset -v OLDPWD; builtin export OLDPWD; fi
}

__iplan_stack() {
  builtin dirs -c
  while [[ $# -gt 0 ]]; do builtin pushd -n -- "$1" >/dev/null; builtin shift; done
}

__iplan_begin() {
  if [[ -z $__iplan_begun ]]; then
    __iplan_begun=1
    if [[ $__iplan_mode == action ]]; then builtin set -e; else builtin set +e; fi
    builtin set -o pipefail
  fi
  builtin eval "$__iplan_options"
  __iplan_options=
  # As in a terminal, a statement may ask how the one before it ended; under -e it is there only because that one passed.
  [[ $- == *e* ]] || builtin return "$__iplan_before"
}

__iplan_open() {
  __iplan_index=$1 __iplan_began=$EPOCHREALTIME
}

__iplan_close() {
  [[ $- == *x* ]] && __iplan_options+='builtin set -x;'
  [[ $- == *v* ]] && __iplan_options+='builtin set -v;'
  builtin set +vx
  [[ -n $__iplan_index ]] || return 0
  builtin printf '%s %s %s %s\n' "$__iplan_index" "$1" "$__iplan_began" "$EPOCHREALTIME" >>"$__iplan_spool/statements"
  [[ $__iplan_failed == 0 ]] && __iplan_failed=$1
  __iplan_before=$1
  __iplan_index=
  return 0
}

__iplan_negated() {
  [[ $1 == 0 ]] || builtin return "$1"
  builtin shift
  for __iplan_name in "$@"; do
    if (( @{__iplan_name%:*} >= @{__iplan_name#*:} && @{__iplan_name%:*} < 128 )); then
      builtin printf 'iplan: status %s says that the command could not do its work; "!" turns round a plain no only\n' "@{__iplan_name%:*}"
      builtin return "@{__iplan_name%:*}"
    fi
  done
}

__iplan_finish() {
  __iplan_last=$1 __iplan_set=$SHELLOPTS
  builtin set +evx
}

__iplan_secrets() {
  for __iplan_name in "@{__iplan_secret_names[@]}"; do
    builtin declare -p "$__iplan_name" >&3 2>/dev/null && builtin printf '%s ' "$__iplan_name"
    builtin unset -v "$__iplan_name"
  done
}

__iplan_is_global() {
  builtin declare -g "$1=914721" && [[ @{!1} == 914721 ]]
}

__iplan_shadows() {
  while IFS= builtin read -r __iplan_name; do
    for (( __iplan_depth = 0; __iplan_depth < 50; __iplan_depth++ )); do
      builtin unset -v "$__iplan_name" || builtin break
      builtin declare -p "$__iplan_name" >/dev/null || builtin break
      if ( __iplan_is_global "$__iplan_name" ); then builtin declare -p "$__iplan_name"; builtin break; fi
    done
    builtin printf '%s\n' "$__iplan_name" >&4
  done < <(
    while IFS= builtin read -r __iplan_name; do
      case $__iplan_name in __iplan_* | BASH* | FUNCNAME | DIRSTACK | GROUPS | SHELLOPTS) builtin continue ;; esac
      [[ @{!__iplan_name@a} == *[rn]* ]] && builtin continue
      __iplan_is_global "$__iplan_name" || builtin printf '%s\n' "$__iplan_name"
    done < <(builtin compgen -A variable)
  )
}

__iplan_descriptors() {
  builtin local IFS=' '
  __iplan_seen=(/dev/fd/*)
  if [[ @{__iplan_seen[*]} == "$__iplan_listed" ]]; then
    __iplan_open=$__iplan_usual
  else
    __iplan_listed=@{__iplan_seen[*]} __iplan_open=
    for __iplan_name in "@{__iplan_seen[@]}"; do
      # The descriptor by which the directory was read is gone again.
      [[ -e $__iplan_name ]] && __iplan_open+=" @{__iplan_name##*/}"
    done
  fi
  [[ -n $__iplan_usual && $OSTYPE == linux* ]] || builtin return 0
  # Descriptors 10 and 11 hold what 1 and 2 were before this was called.
  [[ /dev/fd/0 -ef /dev/null ]] || __iplan_open+=' <0'
  [[ /dev/fd/10 -ef $__iplan_spool/output ]] || __iplan_open+=' >1'
  [[ /dev/fd/11 -ef $__iplan_spool/output ]] || __iplan_open+=' >2'
}

__iplan_dump() {
  builtin printf '\0%s %s\0' "$__iplan_pid" "$__iplan_status"
  builtin trap -p; builtin printf '\0'
  builtin trap - ERR
  builtin set +E
  builtin printf '%s\n' "@{FUNCNAME[@]}"; builtin printf '\0'
  builtin umask; builtin printf '\0'
  builtin pwd; builtin printf '\0'
  builtin declare -p DIRSTACK; builtin printf '\0'
  builtin printf '%s\0%s\0' "$__iplan_set" "$BASHOPTS"
  __iplan_secrets; builtin printf '\0'
  builtin declare -p; builtin printf '\0'
  [[ -z $__iplan_pid ]] || builtin unset -f @SPENT@
  builtin declare -F; builtin printf '\0'
  builtin declare -f; builtin printf '\0'
  builtin alias -p; builtin printf '\0'
  [[ $# == 0 ]] || builtin printf '%q ' "$@"
  builtin printf '\0'
  builtin jobs -rp; builtin printf '\0'
  builtin ulimit -Sa; builtin printf '\0'
  builtin printf '%s\0%s\0end\0' "$__iplan_usual" "$__iplan_open"
}

__iplan_end() {
  builtin set +eCfkuvxT
  # A background child that a signal meets before it dropped its parent's traps is not this shell.
  if [[ $BASHPID != "$__iplan_pid" ]]; then builtin unset -v __iplan_exit; builtin return; fi
  builtin trap - DEBUG RETURN EXIT
  if [[ $__iplan_mode == verification ]]; then
    __iplan_close "$__iplan_status"
    builtin printf 'end %s\n' "$__iplan_status" >>"$__iplan_spool/statements"
  else
    __iplan_descriptors
    __iplan_dump "$@" >>"$__iplan_session/dump" 3>|"$__iplan_session/secrets"
    __iplan_framed=
    for __iplan_name in "@{FUNCNAME[@]:1}"; do
      [[ $__iplan_name == source || $__iplan_name == main || $__iplan_name == __iplan_* ]] || __iplan_framed=1
    done
    if [[ -n $__iplan_framed ]]; then
      __iplan_shadows >|"$__iplan_session/shadows" 4>|"$__iplan_session/locals"
    fi
  fi
  builtin return "$__iplan_status"
}

for __iplan_name in @OWN@; do builtin declare -f "$__iplan_name"; builtin printf '\0'; done
__iplan_set=$SHELLOPTS
__iplan_dump
__iplan_set=
builtin trap '' PIPE
while :; do
  # Job control only while forking, for a group of its own: with it wait returns when the child merely stops, and
  # wait -f was seen (bash 5.2) to spin for ever on a child that was killed.
  builtin set -m
  (
    __iplan_pid=$BASHPID
    builtin set +m
    builtin trap - PIPE
    # What can be done before the order comes is done while the tool is still busy with the block before.
    { builtin read -r __iplan_row <"/proc/$__iplan_pid/stat"; } 2>/dev/null
    builtin printf 'p %s %s\0' "$__iplan_pid" "@{__iplan_row-}"
    { __iplan_descriptors; __iplan_usual=$__iplan_open; } >/dev/null 2>&1
    builtin trap '{ __iplan_status=$? __iplan_set=@{__iplan_set:-$SHELLOPTS}; if [[ -n $__iplan_mode ]]; then builtin trap -p DEBUG RETURN >|"$__iplan_session/dump"; builtin set -E; __iplan_end "$@"; fi; } >/dev/null 2>&1; builtin eval "@{__iplan_exit-}"' EXIT
    builtin trap 'builtin exit 130' INT
    builtin trap 'builtin exit 143' TERM
    # An order that a killed child left unread is not for this one.
    until [[ @{__iplan_order[0]-} == "$__iplan_pid" ]]; do
      builtin mapfile -d '' -t -n 5 __iplan_order
      [[ @{#__iplan_order[@]} == 5 ]] || builtin exit 0
    done
    __iplan_mode=@{__iplan_order[1]} __iplan_spool=@{__iplan_order[2]}
    builtin printf '%s %s\0' "$__iplan_pid" "$__iplan_spool" >"$__iplan_session/current"
    exec </dev/null >>"$__iplan_spool/output" 2>&1
    builtin eval "@{__iplan_order[4]}"
    builtin source "@{__iplan_order[3]}" 2>/dev/null
    if [[ -z @{__iplan_restored-} ]]; then
      __iplan_mode=none
      builtin trap - EXIT
      : >"$__iplan_spool/unusable"
      builtin exit 125
    fi
    builtin source "$__iplan_session/block"
    { __iplan_finish $?; } 2>/dev/null
    builtin exit "$__iplan_last"
  ) &
  builtin set +m
  builtin wait $!
  __iplan_status=$?
  __iplan_previous=$__iplan_latest __iplan_latest="$! $__iplan_status $EPOCHREALTIME"
  builtin printf 'x %s %s\0' $! "$__iplan_status" || builtin break
done
IFS=' ' builtin read -r -d '' __iplan_pid __iplan_spool <"$__iplan_session/current"
if [[ -n $__iplan_spool ]]; then
  cp -- "$__iplan_session/dump" "$__iplan_session/shadows" "$__iplan_session/locals" "$__iplan_spool"
  for __iplan_name in "$__iplan_latest" "$__iplan_previous"; do
    [[ $__iplan_name == "$__iplan_pid "* ]] && builtin printf '%s\n' "$__iplan_name" >"$__iplan_spool/ended"
  done
fi
exec rm -rf -- "$__iplan_session"
`;

/** What the keeper bash runs: it prints its version and a dump of its own state, then forks one child per block. */
export const keeperScript: string = template
  .replaceAll("@{", "${")
  .replace("@OWN@", ownFunctions.join(" "))
  .replace("@SPENT@", ownFunctions.filter((name) => !neededToTheEnd.includes(name)).join(" "));
