#!/bin/sh
# Judges the change that ci/history.sh fetched, and ends with the exit code of `countersign check`: 0 may land, 1 may not,
# 2 could not be judged.
#
#   COUNTERSIGN_CLI      the checker, as ci/checker.sh prints it
#   COUNTERSIGN_REPO, COUNTERSIGN_TARGET, COUNTERSIGN_HEAD   as for ci/history.sh
#   COUNTERSIGN_DEFAULT_BRANCH                               as for ci/history.sh
#   COUNTERSIGN_BASE     optional: object id of the commit that the change lands on, where it is not the target's tip; all
#                        zeros, as forges say of a branch that is new, stand for the default branch
#   COUNTERSIGN_FORMAT   form of the log; text where absent
#   COUNTERSIGN_SUMMARY  optional: file to append a Markdown summary to
#   COUNTERSIGN_REPORTS  optional: `format:file` by spaces, each written too; files are relative to the working folder
#   COUNTERSIGN_SIGNOFFS  optional: folder with what people sent who cannot push to the branch, counted too; relative to the
#                        working folder. One that is named and not there is not judged.
#   COUNTERSIGN_TRUST_ROOT, COUNTERSIGN_UNPROTECTED   optional: the digest of a first policy; `allow` to pass without one
set -eu

stop() {
  printf 'countersign: %s\n' "$2" >&2
  exit "$1"
}

left=${COUNTERSIGN_BASE:-refs/remotes/origin/$COUNTERSIGN_TARGET}
case $left in
*[!0]*) ;;
*)
  [ "$COUNTERSIGN_TARGET" != "$COUNTERSIGN_DEFAULT_BRANCH" ] || stop 2 "$COUNTERSIGN_TARGET is new here, and nothing says what it grew out of: see what it brought with countersign audit"
  left=refs/remotes/origin/$COUNTERSIGN_DEFAULT_BRANCH
  ;;
esac

# What was pushed or queued has to go on from what stood there, by first parents: else commits are off the branch, or nobody
# finds again what landed on it. What is only asked for lands as the forge makes it land.
if [ -n "${COUNTERSIGN_BASE:-}" ] && [ "$left" = "$COUNTERSIGN_BASE" ]; then
  before=$(git -C "$COUNTERSIGN_REPO" rev-parse --verify --quiet --end-of-options "$left^{commit}") || stop 2 "$left, on which the change lands, is not in this history: was the branch forced to another?"
  git -C "$COUNTERSIGN_REPO" rev-list --first-parent "$COUNTERSIGN_HEAD" | grep -q -x "$before" || stop 1 "$COUNTERSIGN_TARGET does not go on from $before, where it stood: commits were taken off it, or it was moved to a branch that had merged it"
fi

check() {
  set -- "$@" --repo "$COUNTERSIGN_REPO" --range "$left...$COUNTERSIGN_HEAD" --target "$COUNTERSIGN_TARGET"
  [ "${COUNTERSIGN_UNPROTECTED:-}" = allow ] || set -- "$@" --require-policy
  [ -z "${COUNTERSIGN_SIGNOFFS:-}" ] || set -- "$@" --signoffs "$COUNTERSIGN_SIGNOFFS"
  [ -z "${COUNTERSIGN_TRUST_ROOT:-}" ] || set -- "$@" --trust-root "$COUNTERSIGN_TRUST_ROOT"
  node "$COUNTERSIGN_CLI" check "$@"
}

code=0
if [ -n "${COUNTERSIGN_SUMMARY:-}" ]; then
  check --format "${COUNTERSIGN_FORMAT:-text}" --summary "$COUNTERSIGN_SUMMARY" || code=$?
else
  check --format "${COUNTERSIGN_FORMAT:-text}" || code=$?
fi
for report in ${COUNTERSIGN_REPORTS:-}; do
  reported=0
  check --format "${report%%:*}" >"${report#*:}" 2>/dev/null || reported=$?
  # A report of what could not be judged would be empty, and some readers take that for a pass.
  [ "$reported" -le 1 ] || rm -f "${report#*:}"
done
# Any other code is a crash, and a crash is no answer.
[ "$code" -le 1 ] || code=2
exit "$code"
