#!/bin/sh
# Fetches into a fresh repository what the gate needs to know: the whole history of the default branch, of the target and
# of the change. Nothing of the change is checked out, so none of its files, filters or hooks can act.
#
#   COUNTERSIGN_REPO            folder to make; must not exist or be empty
#   COUNTERSIGN_REMOTE          where to fetch from
#   COUNTERSIGN_AUTHORIZATION   optional: value of an Authorization header, used for this fetch and written nowhere
#   COUNTERSIGN_DEFAULT_BRANCH  the branch whose policy counts
#   COUNTERSIGN_TARGET          the branch that the change is to land on
#   COUNTERSIGN_HEAD            object id of the change's last commit
#   COUNTERSIGN_HEAD_REF        ref of the remote that holds it, such as refs/pull/7/head
#
# Exit code 2 where something is missing: what is not judged never passes.
set -eu

stop() {
  printf 'countersign: %s\n' "$1" >&2
  exit 2
}

for name in COUNTERSIGN_REPO COUNTERSIGN_REMOTE COUNTERSIGN_DEFAULT_BRANCH COUNTERSIGN_TARGET COUNTERSIGN_HEAD COUNTERSIGN_HEAD_REF; do
  eval "value=\${$name:-}"
  [ -n "$value" ] || stop "$name is empty: is this job for this kind of event? See docs/ci.md"
done
case $COUNTERSIGN_HEAD in
*[!0-9a-f]*) stop "$COUNTERSIGN_HEAD is not an object id" ;;
esac

# A variable of git's own could point at another repository or bring settings along.
for name in $(env | sed -n 's/^\(GIT_[A-Z_0-9]*\)=.*/\1/p'); do unset "$name"; done
export GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0

git init --quiet "$COUNTERSIGN_REPO" || stop "no repository can be made in $COUNTERSIGN_REPO"
cd "$COUNTERSIGN_REPO"
set -- "+refs/heads/$COUNTERSIGN_TARGET:refs/remotes/origin/$COUNTERSIGN_TARGET" "+$COUNTERSIGN_HEAD_REF:refs/countersign/head"
[ "$COUNTERSIGN_DEFAULT_BRANCH" = "$COUNTERSIGN_TARGET" ] || set -- "$@" "+refs/heads/$COUNTERSIGN_DEFAULT_BRANCH:refs/remotes/origin/$COUNTERSIGN_DEFAULT_BRANCH"
if [ -n "${COUNTERSIGN_AUTHORIZATION:-}" ]; then
  export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=http.extraHeader GIT_CONFIG_VALUE_0="Authorization: $COUNTERSIGN_AUTHORIZATION"
fi
# Fetched by address, which may hold a token, so that it is written nowhere.
git fetch --quiet --no-tags --no-recurse-submodules "$COUNTERSIGN_REMOTE" "$@" || stop "the history of $COUNTERSIGN_TARGET and of the change could not be fetched"
unset GIT_CONFIG_COUNT GIT_CONFIG_KEY_0 GIT_CONFIG_VALUE_0
git symbolic-ref refs/remotes/origin/HEAD "refs/remotes/origin/$COUNTERSIGN_DEFAULT_BRANCH"
git cat-file -e "$COUNTERSIGN_HEAD^{commit}" 2>/dev/null || stop "the change has moved on from $COUNTERSIGN_HEAD: a run for its new commit will judge that"
