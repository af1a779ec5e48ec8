# shellcheck shell=bash
# What the machine must have, for bin/demo and bin/test to source. Debian is what it knows how to ask.

# Ends with a sentence.
die() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# The folder of PostgreSQL's server programs, the newest of those installed.
postgres_bin() {
    local found
    found=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
    [ -n "$found" ] && [ -x "$found/initdb" ] && echo "$found"
}

# Which Debian package brings a thing that is missing; nothing when it is there.
missing_package() {
    case $1 in
        cc) have cc || echo gcc libc6-dev ;;
        c++) have c++ || echo g++ ;;
        postgres) postgres_bin >/dev/null || echo postgresql ;;
        chromium) have chromium || echo chromium ;;
        chinese) [ -n "$(find /usr/share/fonts -iname '*cjk*' -print -quit 2>/dev/null)" ] || echo fonts-noto-cjk ;;
        faketime) [ -n "$(find /usr/lib -name libfaketimeMT.so.1 -print -quit 2>/dev/null)" ] || echo libfaketime ;;
        node) have node || echo nodejs ;;
        python) python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3 python3-venv ;;
        npm) have npm || echo npm ;;
        *) die "machine.sh knows no $1" ;;
    esac
}

# Installs what is missing of these (see missing_package), or says in one sentence what to install.
need() {
    local thing packages=()
    for thing in "$@"; do
        # shellcheck disable=SC2207 # package names have no spaces
        packages+=($(missing_package "$thing"))
    done
    [ "${#packages[@]}" -gt 0 ] || return 0

    local as=()
    if [ "$(id -u)" -ne 0 ]; then
        as=(sudo -n)
        "${as[@]}" true 2>/dev/null || die "please install: ${packages[*]} (for example: sudo apt-get install ${packages[*]})"
    fi
    have apt-get || die "please install what these Debian packages hold: ${packages[*]}"
    echo "Installing ${packages[*]} ..."
    "${as[@]}" apt-get update -qq </dev/null
    "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" \
        </dev/null >/dev/null
}

# The Rust toolchain is the one thing that is not installed: which one and how is the owner's choice.
need_rust() {
    have cargo || die "please install Rust 1.95 or later, then run this again"
}

# Installs a cargo subcommand unless it is there. Debug builds: compiled in a minute, and fast enough here.
need_cargo() {
    have "$1" && return 0
    echo "Installing $1 ..."
    env -u CARGO_TARGET_DIR cargo install --quiet --debug --locked "$1"
}

# Where cargo puts what it builds.
target_folder() {
    echo "${CARGO_TARGET_DIR:-$PWD/target}"
}

# An empty folder for the tests' databases: in memory where there is plenty of it (each commit of thousands of small
# databases is flushed to disk), else where temporary files go.
quick_folder() {
    local place=${TMPDIR:-/tmp} free
    free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
    if [ -w /dev/shm ] && [ "${free:-0}" -gt 4194304 ]; then place=/dev/shm; fi
    mktemp -d "$place/latchkey-test.XXXXXX"
}

# Whether nobody answers on a port of this machine.
free_port() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
