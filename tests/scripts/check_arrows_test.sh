#!/bin/bash
# check_arrows accepts the tree as it is and refuses each kind of mistake planted in a copy of it.
set -euo pipefail
root=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$root/scripts/check_arrows" "$root"

refuses() {  # FILE LINE…: the line, added to a tree with only that file, must be refused
    local file=$work/$1
    mkdir -p "$(dirname "$file")"
    printf '%s\n' "$2" > "$file"
    if "$root/scripts/check_arrows" "$work" > "$work/said"; then
        echo "not refused: $1: $2"
        exit 1
    fi
    grep -q "^$1:1: " "$work/said"
    rm "$file"
}

refuses ticketing/a.cc '#include "hall-server/core/hall.h"'
refuses hall-server/store/a.cc '#include "hall-server/core/hall.h"'
refuses hall-server/core/a.cc '#include <sqlite3.h>'
refuses hall-server/service/a.cc '#include <zmq.hpp>'
refuses displays/board/board_model.cc '#include "displays/kit/text.h"'
refuses printers/layout/a.cc '#include <cups/cups.h>'
refuses client/a.cc '#include "hall-server/net/zap.h"'
refuses client/b.cc '#include "hall-server/main.cc"'
refuses hall-server/core/a.cc 'auto now = std::chrono::system_clock::now();'
refuses hall-server/core/a.cc 'std::unordered_map<int, int> map;'
refuses hall-server/core/a.cc 'double credit = 0;'
refuses ticketing/a.cc 'static int calls = 0;'
refuses helpers/a.cc 'int main();'
echo "every planted mistake was refused"
