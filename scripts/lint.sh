# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# ./run lint

build_without_warnings() {
  build=build-lint-$1
  CC=$1 CXX=$2 configure lint -Dwerror=true
  compile
}

lint() {
  if (($# > 0)); then wrong_usage "./run lint takes no $1."; fi
  tests=enabled torch=enabled
  install_packages lint
  local sources=()
  while IFS= read -r file; do sources+=("$file"); done < <(git ls-files '*.c' '*.cpp' '*.h')
  step 'Checking the formatting' format.log 'Format the files above: clang-format -i FILE' \
    clang-format --dry-run -Werror "${sources[@]}"
  step 'Checking scripts' scripts.log 'Correct the script named above' check_scripts
  build_without_warnings gcc g++
  build_without_warnings clang clang++
  step 'Running clang-tidy' tidy.log 'Correct what is named above' tidy
  say 'Nothing to complain about'
}

check_scripts() {
  bash -n run && bash -n .ci/run && bash -n tests/distributions/run &&
    git ls-files 'scripts/*.sh' | xargs -n 1 bash -n && git ls-files '*.py' |
    PYTHONPYCACHEPREFIX=$root/$logs xargs python3 -m compileall -q
}

# clang-tidy over every file of ours that is compiled, a few at a time.
tidy() {
  git ls-files '*.c' '*.cpp' |
    xargs -P "$(getconf _NPROCESSORS_ONLN)" -n 4 nice clang-tidy -quiet -p build-lint-clang
}
