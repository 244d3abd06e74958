# Completion of gst-translate and gst-tts for bash. What can be completed is read from --help, so
# that nothing is missing here that is there.

# The options of a command: PROGRAM [COMMAND]
_gst_lingua_options() {
  "$@" --help 2> /dev/null | sed -n 's/^ \{2,6\}\(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p'
}

# What --help says of an option, in one line: its value's name, a tab, its text.
_gst_lingua_help() {
  local option=$1
  shift
  "$@" --help 2> /dev/null | awk -v option="$option" '
    /^  +(-., )?--/ {
      sub(/^ +/, "")
      sub(/^-., /, "")
      here = $1 == option
      if (here) { value = $2; sub(/^[^ ]+ +[^ ]+ */, ""); text = $0 }
      next
    }
    match($0, /^ +/) && RLENGTH > 20 && here { sub(/^ +/, ""); text = text " " $0; next }
    { here = 0 }
    END { sub(/^ /, "", text); print value "\t" text }'
}

# The words that a text begins with, where it lists some: "auto, cpu, torch: what computes".
_gst_lingua_listed() {
  sed -n 's/^\([a-z0-9]*\(, [a-zA-Z0-9]*\(:N\)\{0,1\}\)\{1,\}\).*/\1/p' | tr ',' '\n' | tr -d ' ' | grep -v '[A-Z]'
}

_gst_lingua_languages() {
  case ${1##*/} in
    gst-tts) "$1" --list-voices 2> /dev/null | cut -f 1 | sort -u ;;
    *) "$1" info 2> /dev/null | sed -n 's/^ *languages [^:]*: //p' | tr ' ' '\n' ;;
  esac
}

_gst_lingua() {
  local program=$1 word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local commands value text words=''
  commands=$("$program" --help 2> /dev/null |
    sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\) .*/\1/p')
  local command=("$program")
  if ((COMP_CWORD > 1)) && grep -q -x -F -- "${COMP_WORDS[1]}" <<< "$commands"; then
    command+=("${COMP_WORDS[1]}")
  fi
  COMPREPLY=()
  if [[ $word == -* ]]; then
    words=$(_gst_lingua_options "${command[@]}")
  elif [[ $before == --* ]]; then
    IFS=$'\t' read -r value text < <(_gst_lingua_help "$before" "${command[@]}")
    case $value in
      LANGUAGE* | CODE*) words=$(_gst_lingua_languages "$program") ;;
      *) words=$(_gst_lingua_listed <<< "$text") ;;
    esac
  elif ((COMP_CWORD == 1)); then
    words=$commands
  fi
  if [[ -n $words ]]; then mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"); fi
}

# Where nothing is completed here, files are.
complete -o default -F _gst_lingua gst-translate gst-tts
