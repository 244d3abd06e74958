# Completion of the programs of gst-lingua for bash, from the table that --list-options prints.

_gst_lingua_languages() {
  case ${1##*/} in
    gst-tts) "$1" --list-voices 2> /dev/null | cut -f 1 | sort -u ;;
    gst-lingua-*) gst-translate info 2> /dev/null | sed -n 's/^ *languages [^:]*: //p' | tr ' ' '\n' ;;
    *) "$1" info 2> /dev/null | sed -n 's/^ *languages [^:]*: //p' | tr ' ' '\n' ;;
  esac
}

_gst_lingua() {
  local program=$1 word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  local table kind name letter value listed text commands='' options='' values='' takes=no
  table=$("$program" --list-options 2> /dev/null)
  if ((COMP_CWORD > 1)) && cut -f 1,2 <<< "$table" | grep -q -x -F "command"$'\t'"${COMP_WORDS[1]}"; then
    table=$("$program" "${COMP_WORDS[1]}" --list-options 2> /dev/null)
  fi
  # shellcheck disable=SC2034 # zsh and fish show the text
  while IFS=$'\t' read -r kind name letter value listed text; do
    if [[ $kind == command ]]; then
      commands+=" $name"
      continue
    fi
    options+=" --$name"
    if [[ $value == - || ($before != "--$name" && $before != "-$letter") ]]; then continue; fi
    takes=yes
    case $value in
      LANGUAGE* | CODE*) values=$(_gst_lingua_languages "$program") ;;
      *) values=${listed#-} ;;
    esac
  done <<< "$table"
  local words=''
  if [[ $takes == yes ]]; then
    words=$values
  elif [[ $word == -* ]]; then
    words=$options
  elif ((COMP_CWORD == 1)); then
    words=$commands
  fi
  COMPREPLY=()
  if [[ -n $words ]]; then mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word"); fi
}

# Where nothing is completed here, files are.
complete -o default -F _gst_lingua gst-translate gst-tts gst-lingua-live gst-lingua-dub
