#compdef gst-translate gst-tts gst-lingua-live gst-lingua-dub
# Completion of the programs of gst-lingua for zsh, from the table that --list-options prints.

_gst_lingua_languages() {
  local -a languages
  case ${program:t} in
    gst-tts) languages=(${(uf)"$($program --list-voices 2> /dev/null | cut -f 1)"}) ;;
    gst-lingua-*) languages=(${=${"$(gst-translate info 2> /dev/null | sed -n 's/^ *languages [^:]*: //p')"}}) ;;
    *) languages=(${=${"$($program info 2> /dev/null | sed -n 's/^ *languages [^:]*: //p')"}}) ;;
  esac
  compadd -a languages
}

_gst_lingua() {
  local program=$words[1] line text action
  local -a table commands fields options
  table=(${(f)"$($program --list-options 2> /dev/null)"})
  for line in $table; do
    fields=("${(@ps:\t:)line}")
    if [[ $fields[1] == command ]]; then commands+=("$fields[2]:$fields[3]"); fi
  done
  if ((CURRENT > 2)) && [[ -n ${(M)commands:#${words[2]}:*} ]]; then
    table=(${(f)"$($program $words[2] --list-options 2> /dev/null)"})
    words=($words[1] "${(@)words[3,-1]}")
    ((CURRENT--))
    commands=()
  fi
  for line in $table; do
    fields=("${(@ps:\t:)line}")
    if [[ $fields[1] != option ]]; then continue; fi
    text=${${${fields[6]//\\/\\\\}//\[/\\[}//\]/\\]}
    action=
    if [[ $fields[4] != - ]]; then
      action=":${fields[4]//:/\\:}:_files"
      if [[ $fields[4] == (LANGUAGE|CODE)* ]]; then action=":language:_gst_lingua_languages"; fi
      if [[ $fields[5] != - ]]; then action=":${fields[4]//:/\\:}:($fields[5])"; fi
      options+=("*--$fields[2]=[$text]$action")
      if [[ $fields[3] != - ]]; then options+=("*-$fields[3]+[$text]$action"); fi
    else
      options+=("*--$fields[2][$text]")
      if [[ $fields[3] != - ]]; then options+=("*-$fields[3][$text]"); fi
    fi
  done
  local curcontext=$curcontext state
  _arguments -s $options '1: :->first' '*:file:_files' && return
  if [[ $state == first ]]; then
    if ((CURRENT == 2 && $#commands)); then _describe command commands; fi
    _files
  fi
}

# Installed, compinit calls this file as a function; from a checkout it is read.
if [[ ${funcstack[1]:-} == _gst-lingua ]]; then _gst_lingua "$@"; else compdef _gst_lingua gst-translate gst-tts gst-lingua-live gst-lingua-dub; fi
