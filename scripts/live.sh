# Copyright (C) 2026 gst-lingua developers
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# ./run live: live translation on a page.

live() {
  configure build
  compile live
  enter_environment
  cd "$caller"
  # Where nothing else is said, the bundled talk, in what the bundled model knows.
  if (($# == 0)); then
    set -- --to de,fr,es,ja --loop --title 'The bundled talk, translated live' --listen 0 --open \
      "$root/examples/text/talk.srt"
  fi
  exec "$root/$build/tools/live/gst-lingua-live" "$@"
}
