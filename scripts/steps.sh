# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# What `run` says: one line a step, the rest to logs.

terminal=no
if [[ -t 1 ]]; then terminal=yes; fi

say() { printf '%s\n' "$*"; }

fail() {
  printf '\n%s\n' "$1" >&2
  shift
  local remedy
  for remedy in "$@"; do printf '  -> %s\n' "$remedy" >&2; done
  exit 1
}

wrong_usage() {
  printf '%s\n  -> ./run help\n' "$1" >&2
  exit 2
}

# Copies the standard input to a log; shows its latest line: always on a terminal, else now and then.
follow() {
  local title=$1 log=$2 line last=$SECONDS width=$((${COLUMNS:-80} - ${#1} - 4))
  while IFS= read -r line; do
    printf '%s\n' "$line" >> "$log"
    if [[ $terminal == yes ]]; then
      printf '\r\033[K%s: %s' "$title" "${line:0:width}"
    elif ((SECONDS - last >= 20)); then
      printf '%s: %s\n' "$title" "${line:0:100}"
      last=$SECONDS
    fi
  done
  if [[ $terminal == yes ]]; then printf '\r\033[K'; fi
}

# The part of a log that says what went wrong: ninja's first failure, else the end.
show_failure() {
  if grep -m 1 '^FAILED: ' "$1" | grep -q -v build.ninja; then
    sed -n '/^FAILED: /,$p' "$1" | head -n 30
  else
    tail -n 25 "$1"
  fi
}

# step TITLE LOG REMEDY COMMAND...
step() {
  local title=$1 log=$logs/$2 remedy=$3 begun=$SECONDS
  shift 3
  mkdir -p "$logs"
  : > "$log"
  if [[ $terminal == no ]]; then say "$title ..."; fi
  if ! "$@" 2>&1 < /dev/null | follow "$title" "$log"; then
    show_failure "$log" >&2
    fail "$title: failed. All of it is in $log" "$remedy"
  fi
  say "$title: done in $((SECONDS - begun)) s"
}
