#!/bin/sh
# Prints the path of the checker that judges a change. It never comes from the change itself: it is either the copy of
# Countersign in which this script lies, pinned by whoever calls it, or a folder of the target branch.
#
#   COUNTERSIGN_CHECKER   optional: folder in the target's tree that holds a built checker (cli.js and what lies beside it)
#   COUNTERSIGN_REPO      with it: the repository that ci/history.sh made
#   COUNTERSIGN_TARGET    with it: name of the target branch
#
# Exit code 2 where there is no checker: what is not judged never passes.
set -eu

stop() {
  printf 'countersign: %s\n' "$1" >&2
  exit 2
}

if [ -z "${COUNTERSIGN_CHECKER:-}" ]; then
  home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
  (cd "$home" && npm run --silent build) >&2 || stop "the checker in $home could not be built: see above"
  printf '%s\n' "$home/dist/cli.js"
  exit 0
fi

case $COUNTERSIGN_CHECKER in
/* | *..* | *\\*) stop "the folder of the checker must be a path inside the repository, and is $COUNTERSIGN_CHECKER" ;;
esac
tip="refs/remotes/origin/$COUNTERSIGN_TARGET"
place="$COUNTERSIGN_REPO/.git/countersign-checker"
mkdir -p "$place"
# An archive, not a checkout: no hook, no filter and no file of the change takes part.
git -C "$COUNTERSIGN_REPO" archive --format=tar --output="$place/checker.tar" "$tip" "$COUNTERSIGN_CHECKER" || stop "$COUNTERSIGN_TARGET has no folder $COUNTERSIGN_CHECKER"
tar -x -f "$place/checker.tar" -C "$place" || stop "the checker of $COUNTERSIGN_TARGET cannot be unpacked"
[ -f "$place/$COUNTERSIGN_CHECKER/cli.js" ] || stop "$COUNTERSIGN_CHECKER of $COUNTERSIGN_TARGET holds no cli.js"
printf '%s\n' "$place/$COUNTERSIGN_CHECKER/cli.js"
