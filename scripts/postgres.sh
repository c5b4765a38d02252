#!/usr/bin/env bash
# A PostgreSQL with PostGIS of their own for the tests.
#   scripts/postgres.sh install        see that the programs are there (Debian: install them as root)
#   scripts/postgres.sh start          start a private server; prints its folder and its URL
#   scripts/postgres.sh stop FOLDER    stop it and remove its folder
# TALENTMAP_TEST_PG=postgresql://… names a server to use instead: then nothing is installed or started.
set -euo pipefail

packages=(postgresql postgresql-15-postgis-3)

fail() {
    echo "postgres: $*" >&2
    exit 1
}

# Debian keeps the programs of each version in a folder of its own, out of the way of PATH.
bin() {
    local folder
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /none/x)")"; do
        if [ -x "$folder/initdb" ] && [ -f "$("$folder/pg_config" --sharedir 2>/dev/null)/extension/postgis.control" ]; then
            echo "$folder"
            return
        fi
    done
    return 1
}

install() {
    [ -n "${TALENTMAP_TEST_PG:-}" ] && return
    bin >/dev/null && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "postgres: installing ${packages[*]} (once)" >&2
        apt-get update -qq </dev/null >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" </dev/null >/dev/null
        bin >/dev/null && return
    fi
    fail "no PostgreSQL with PostGIS found: install ${packages[*]}, or name a server in TALENTMAP_TEST_PG"
}

# The server refuses to run as root.
unprivileged() {
    if [ "$(id -u)" = 0 ]; then
        runuser -u postgres -- env -C / "$@"
    else
        "$@"
    fi
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

start() {
    local folder programs port
    programs=$(bin) || fail "run scripts/postgres.sh install first"
    folder=$(mktemp -d /tmp/talentmap-pg.XXXXXX)
    printf 'secret word' >"$folder/password"
    [ "$(id -u)" = 0 ] && chown -R postgres "$folder"
    unprivileged "$programs/initdb" -D "$folder/data" -U office -E UTF8 --locale=C --no-sync \
        -A scram-sha-256 --pwfile="$folder/password" >"$folder/initdb.log" 2>&1 ||
        fail "initdb: $(tail -1 "$folder/initdb.log")"
    port=$(free_port)
    unprivileged "$programs/pg_ctl" -D "$folder/data" -l "$folder/log" -w -t 30 start \
        -o "-p $port -k $folder -c listen_addresses=127.0.0.1 -c fsync=off" >/dev/null ||
        fail "the server did not start: $(tail -1 "$folder/log")"
    echo "$folder"
    echo "postgresql://office:secret%20word@127.0.0.1:$port/postgres"
}

stop() {
    local folder=$1 programs
    [[ "$folder" == /tmp/talentmap-pg.* && -d "$folder/data" ]] || fail "$folder is not a folder of ours"
    programs=$(bin)
    unprivileged "$programs/pg_ctl" -D "$folder/data" -m immediate -w stop >/dev/null
    rm -rf "$folder"
}

case "${1:-}" in
install) install ;;
start) start ;;
stop) stop "${2:?FOLDER is missing}" ;;
*) fail "usage: scripts/postgres.sh install | start | stop FOLDER" ;;
esac
