#!/usr/bin/env bash
# Builds the program and packs it with a menu entry and its own install script into one archive.
set -eu
cd "$(dirname "$0")/../.."

python3 installer/dev.py build
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' desktop/__init__.py)
name=producer-desk-$version-linux-$(uname -m)
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT

mkdir "$staging/$name"
cp -R dist/producer-desk "$staging/$name/"
cp installer/linux/producer-desk.desktop installer/linux/install.sh resources/icons/producer-desk.svg LICENSE NOTICE \
    "$staging/$name/"
tar -C "$staging" -cJf "dist/$name.tar.xz" "$name"
echo "dist/$name.tar.xz"
