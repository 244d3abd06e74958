# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# ./run package: Debian's packages, from a copy of the checkout.

make_packages() {
  local folder=$1 profiles=nocheck version source
  if [[ $torch == enabled ]]; then profiles+=,pkg.gst-lingua.torch; fi
  command -v dpkg-query > /dev/null || fail 'Packages are made on Debian and its relatives.' \
    './run install puts it into a folder anywhere'
  torch=disabled # pip's libtorch is of no use to a package: it links the distribution's
  install_packages package
  version=$(sed -n "s/^  version: '\(.*\)',/\1/p" meson.build)
  source=$build/package/gst-lingua-$version
  rm -rf "$build/package"
  mkdir -p "$source"
  git ls-files -z | tar -c --null -T - | tar -x -C "$source"
  # The tests are run by ./run test; what is packaged here is tried by tests/distributions.
  step 'Making packages' package.log 'The first error is above' \
    env -C "$source" DEB_BUILD_OPTIONS="nocheck noautodbgsym parallel=$(getconf _NPROCESSORS_ONLN)" \
    DEB_CFLAGS_STRIP=-g DEB_CXXFLAGS_STRIP=-g \
    nice dpkg-buildpackage -b -us -uc --build-profiles="$profiles"
  mkdir -p "$folder"
  mv "$build/package/"*.deb "$build/package/"*.changes "$build/package/"*.buildinfo "$folder"
  say "Packages in $folder; as root: apt install $folder/*.deb" "$(cd "$folder" && ls ./*.deb)"
}
