# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Configures and compiles, and knows the environment in which it runs from the build folder.

build=build
logs=build/run # logs of the steps

# What to configure. Empty: as it was, whoever configured it, at first the default.
tests=  # enabled or disabled
prefix= # where `./run install` puts it

# The distribution's tools where there are any: they fit its libraries.
tool() {
  if [[ -x /usr/bin/$1 ]]; then say "/usr/bin/$1"; else say "$1"; fi
}

# What meson has for the options of $build, a line each: -DNAME=VALUE. Nothing if it is not configured.
configuration() {
  local options=$build/meson-info/intro-buildoptions.json
  if [[ ! -e $build/build.ninja || ! -e $options ]]; then return; fi
  python3 -c '
import json, sys
for option in json.load(open(sys.argv[1])):
    value = option["value"]
    text = ",".join(value) if isinstance(value, list) else str(value)
    print("-D%s=%s" % (option["name"], text.lower() if isinstance(value, bool) else text))' "$options"
}

# The value of an option among those lines.
configured() {
  sed -n "s|^-D$1=||p" <<< "$options_before"
}

# choice OPTION VALUE DEFAULT: with the value, or as it was, or with the default.
choice() {
  local before
  before=$(configured "$1")
  say "-D$1=${2:-${before:-$3}}"
}

# Installs what the purpose (build, tests, lint or package) needs and configures $build with the
# options, unless it is so already.
configure() {
  local purpose=$1 options_before
  shift
  options_before=$(configuration)
  choose_torch
  install_packages "$purpose"
  torch_prefix=$(configured torch-prefix)
  if [[ $torch == enabled ]]; then find_or_fetch_torch; fi
  local mecab=enabled
  if [[ $(uname) == Darwin ]]; then mecab=auto; fi
  # Debug information is a third of the compiler's work; a sanitizer's report needs it.
  local debug=false
  if [[ " $* " == *' -Db_sanitize='* ]]; then debug=true; fi
  local options=("$(choice prefix "$prefix" /usr/local)" "$(choice tests "$tests" disabled)" "-Dtorch=$torch"
    "-Dtorch-prefix=$torch_prefix" "$(choice espeak '' enabled)" "$(choice mecab '' "$mecab")"
    "$(choice debug '' "$debug")" "$@")
  if [[ -z $(printf '%s\n' "${options[@]}" | grep -v -x -F -e "$options_before") ]]; then return; fi
  local command=(setup)
  if [[ -e $build/build.ninja ]]; then command=(setup --reconfigure); fi
  step "Configuring $build" configure.log \
    "Above is what meson missed. Install it, or: ./run clean" \
    env NINJA="$(tool ninja)" "$(tool meson)" "${command[@]}" "$build" "${options[@]}"
}

# compile [TARGET]: everything, or what one target needs
compile() {
  if "$(tool ninja)" -C "$build" -n "$@" | grep -q '^ninja: no work to do'; then return; fi
  step "Building in $build" build.log \
    'The first error is above. After an update of the system: ./run clean, then again' \
    env NINJA="$(tool ninja)" nice "$(tool ninja)" -C "$build" "$@"
}

# The environment of `meson devenv`, kept: to start meson takes a second.
enter_environment() {
  local kept=$build/run/environment
  if [[ ! -e $kept || $build/build.ninja -nt $kept ]]; then
    mkdir -p "$build/run"
    "$(tool meson)" devenv -C "$build" --dump > "$kept"
  fi
  export GST_PLUGIN_PATH=${GST_PLUGIN_PATH:-} LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}
  export PKG_CONFIG_PATH=${PKG_CONFIG_PATH:-}
  # shellcheck disable=SC1090 # written by meson
  . "$kept"
}
