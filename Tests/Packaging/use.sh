#!/usr/bin/env bash
# What a user does with the package, run by clean-root.sh on a system of its own.
set -euo pipefail
export LANG=C.UTF-8 LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive

# Every file of the system but what apt and this script keep for themselves.
files() {
    find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /tmp -o -path /srv -o -path /var/cache \
        -o -path /var/log -o -path /var/lib/apt -o -path /var/lib/dpkg \) -prune -o "$@" -print | sort
}
expect() { # expect WHAT COMMAND...: the command has to succeed
    local what="$1"
    shift
    "$@" >/tmp/output 2>&1 || { echo "failed: $what" >&2; cat /tmp/output >&2; exit 1; }
    echo "ok: $what"
}

expect "the package is installed with what it depends on" apt-get install --yes /srv/autodialer_*.deb
expect "every file of it has its digest" dpkg --verify autodialer
expect "it tells its version" autodialer --version
expect "man finds its page" man --where autodialer
expect "man shows it" bash -c 'MANPAGER=cat man autodialer | grep -q "autodialer run"'
expect "bash reads its completions" bash -n /usr/share/bash-completion/completions/autodialer

mkdir /tmp/calls
cp -r /usr/share/doc/autodialer/examples/campaigns /tmp/calls
cd /tmp/calls
expect "the demo is found ready" autodialer check campaigns/demo
expect "the demo runs to its end" autodialer run campaigns/demo --speed 100 --max-duration 8h
expect "every lead is finished" bash -c 'autodialer status campaigns/demo | grep -q "476: 476 finished"'
expect "attempts are exported" autodialer export attempts campaigns/demo -o attempts.csv
expect "the audit log is sound" autodialer audit verify
cd /

# Others may have brought the folders that it shares with them, so that only files are compared.
files -not -type d >/tmp/installed
dpkg --listfiles autodialer | sort >/tmp/own
expect "the package is purged" apt-get purge --yes autodialer
files -not -type d >/tmp/left
expect "its files are gone, and no others" diff <(comm -23 /tmp/installed /tmp/own) /tmp/left
expect "nothing else has its name" diff /dev/null <(files -name '*autodialer*')
