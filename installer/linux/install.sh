#!/bin/sh
# Travels inside the archive: puts the program under the user's own folder, with a menu entry. `--remove` takes it out.
# Books are not touched by either.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
program=$share/producer-desk-program
entry=$share/applications/producer-desk.desktop
icon=$share/icons/hicolor/scalable/apps/producer-desk.svg
command=$HOME/.local/bin/producer-desk

rm -rf "$program"
rm -f "$entry" "$icon" "$command"
if [ "${1:-}" = "--remove" ]; then
    echo "Producer Desk is removed. Your books are where they were."
    exit 0
fi

mkdir -p "$(dirname "$entry")" "$(dirname "$icon")" "$(dirname "$command")"
cp -R "$here/producer-desk" "$program"
cp "$here/producer-desk.svg" "$icon"
ln -s "$program/producer-desk" "$command"
sed "s|^Exec=.*|Exec=\"$program/producer-desk\"|" "$here/producer-desk.desktop" > "$entry"
echo "Producer Desk is installed. Start it from the menu, or as $command"
