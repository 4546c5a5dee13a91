#!/usr/bin/env bash
# Installs a package on a Debian system that has nothing but apt, uses it there as its manual says, removes it, and looks
# for what it left behind: clean-root.sh autodialer_VERSION_ARCHITECTURE.deb
#
# The system is made by mmdebstrap from the package sources of this machine, in a folder that is gone afterwards. It needs
# root, or user namespaces that others may make.
set -euo pipefail
package="$(realpath "$1")"
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

# What it lets pass is named, with the reason, in the overrides that the package brings along.
lintian --allow-root --fail-on error,warning "$package"
if dpkg-deb --ctrl-tarfile "$package" | tar --list | grep --extended-regexp '/(pre|post)(inst|rm)$'; then
    echo "$0: the package runs scripts when it is installed or removed" >&2
    exit 1
fi
dpkg-deb --fsys-tarfile "$package" | tar --extract --to-stdout ./usr/share/man/man1/autodialer.1.gz | zcat |
    mandoc -T lint -W warning

codename="$(. /etc/os-release && echo "$VERSION_CODENAME")"
sources=(/etc/apt/sources.list.d/debian.sources)
[ -e "${sources[0]}" ] || sources=(/etc/apt/sources.list)

# shellcheck disable=SC2016 # "$1" is the folder of the new system, which mmdebstrap hands to each hook.
mmdebstrap --quiet --variant=apt --format=null --include=man-db \
    --customize-hook="copy-in '$package' '$here/use.sh' /srv" \
    --customize-hook='chroot "$1" bash /srv/use.sh' \
    "$codename" - "${sources[@]}"
echo "The package was installed, used and removed, and left nothing"
