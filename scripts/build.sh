# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Configures and compiles, and knows the environment in which it runs from the build folder.

build=build
logs=build/run # logs of the steps, and what was configured last

# What to configure. Empty: as it was, at first the default.
tests=  # enabled or disabled
prefix= # where `./run install` puts it

# The distribution's tools where there are any: they fit its libraries.
tool() {
  if [[ -x /usr/bin/$1 ]]; then say "/usr/bin/$1"; else say "$1"; fi
}

# The value that an option was configured with last, empty if it was not.
configured() {
  if [[ -e $build/run/options ]]; then sed -n "s|^-D$1=||p" "$build/run/options"; fi
}

# Installs what the purpose (build, tests, lint or package) needs and configures $build with the
# options, unless that was done last time.
configure() {
  local purpose=$1
  shift
  choose_torch
  install_packages "$purpose"
  if [[ $torch == enabled ]]; then find_or_fetch_torch; fi
  tests=${tests:-$(configured tests)}
  prefix=${prefix:-$(configured prefix)}
  local mecab=enabled
  if [[ $(uname) == Darwin ]]; then mecab=auto; fi
  # Debug information is a third of the compiler's work; a sanitizer's report needs it.
  local debug=false
  if [[ " $* " == *' -Db_sanitize='* ]]; then debug=true; fi
  local options=("-Dprefix=${prefix:-/usr/local}" "-Dtests=${tests:-disabled}" "-Dtorch=$torch"
    "-Dtorch-prefix=$torch_prefix" -Despeak=enabled "-Dmecab=$mecab" "-Ddebug=$debug" "$@")
  local stamp=$build/run/options
  if [[ -e $build/build.ninja && -e $stamp && $(< "$stamp") == "$(printf '%s\n' "${options[@]}")" ]]; then
    return
  fi
  local command=(setup)
  if [[ -e $build/build.ninja ]]; then command=(setup --reconfigure); fi
  step "Configuring $build" configure.log \
    "Above is what meson missed. Install it, or: ./run clean" \
    env NINJA="$(tool ninja)" "$(tool meson)" "${command[@]}" "$build" "${options[@]}"
  mkdir -p "$build/run"
  printf '%s\n' "${options[@]}" > "$stamp"
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
    "$(tool meson)" devenv -C "$build" --dump > "$kept"
  fi
  export GST_PLUGIN_PATH=${GST_PLUGIN_PATH:-} LD_LIBRARY_PATH=${LD_LIBRARY_PATH:-}
  export PKG_CONFIG_PATH=${PKG_CONFIG_PATH:-}
  # shellcheck disable=SC1090 # written by meson
  . "$kept"
}
