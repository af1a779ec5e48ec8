# shellcheck shell=bash
# A PostgreSQL of our own for bin/test to source (after bin/machine.sh): in a temporary folder, on a Unix socket only, gone
# afterwards.

postgres_home=

# PostgreSQL refuses to run as root; then its own user (or nobody) runs it.
as_postgres() {
    if [ "$(id -u)" -ne 0 ]; then
        "$@"
    elif id postgres >/dev/null 2>&1; then
        runuser -u postgres -- "$@"
    else
        runuser -u nobody -- "$@"
    fi
}

# Starts it and exports TEST_DATABASE_URL. What it holds is thrown away, so it need not survive a power cut:
# no fsync. (The tests that kill processes kill ours, and the page cache survives that.)
start_postgres() {
    local bin
    bin=$(postgres_bin) || { echo "no PostgreSQL server programs found" >&2; return 1; }
    postgres_home=$(quick_folder)
    if [ "$(id -u)" -eq 0 ]; then
        chown "$(as_postgres id -u)" "$postgres_home"
    fi
    (
        cd "$postgres_home"
        as_postgres "$bin/initdb" --pgdata=data --username=latchkey --auth=trust --no-sync \
            --encoding=UTF8 --locale=C.UTF-8 >initdb.log 2>&1 || { cat initdb.log >&2; exit 1; }
        as_postgres "$bin/pg_ctl" start --pgdata=data --wait --silent --log=data/server.log --options="-c listen_addresses='' \
            -c unix_socket_directories='$postgres_home' -c max_connections=400 -c fsync=off -c full_page_writes=off" \
            </dev/null || { cat data/server.log >&2; exit 1; }
    ) || { stop_postgres; return 1; }
    export TEST_DATABASE_URL="postgres://latchkey@localhost/postgres?host=$postgres_home"
}

# Stops it by the process id that it wrote down, and removes its folder.
stop_postgres() {
    [ -n "$postgres_home" ] || return 0
    if [ -f "$postgres_home/data/postmaster.pid" ]; then
        as_postgres "$(postgres_bin)/pg_ctl" stop --pgdata="$postgres_home/data" --mode=immediate --silent || true
    fi
    rm -rf "$postgres_home"
    postgres_home=
    unset TEST_DATABASE_URL
}
