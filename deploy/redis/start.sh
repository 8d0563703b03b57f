#!/bin/sh
# Starts Redis with the application's user, an operator's user and no default one.
# REDIS_PASSWORD and REDIS_OPERATOR_PASSWORD come from the environment; only their hashes are written, to memory.
set -eu
# Unset, an empty password would be hashed just as well.
: "${REDIS_PASSWORD:?}" "${REDIS_OPERATOR_PASSWORD:?}"
here=${REDIS_SETTINGS:-/etc/redis}
hash() { printf %s "$1" | sha256sum | cut -c1-64; }
umask 077
conf=${REDIS_RUN:-/run/redis}/redis.conf
{
  cat "$here/redis.conf"
  echo "dir ${REDIS_DATA:-/data}"
  echo "user default off"
  echo "user unbind on #$(hash "$REDIS_PASSWORD") $(tr '\n' ' ' <"$here/unbind.acl")"
  echo "user operator on #$(hash "$REDIS_OPERATOR_PASSWORD") ~* &* +@all"
} >"$conf"
unset REDIS_PASSWORD REDIS_OPERATOR_PASSWORD
exec redis-server "$conf" "$@"
