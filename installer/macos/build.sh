#!/usr/bin/env bash
# Builds the program and its disk image on macOS. SIGN_AS names a Developer ID identity to sign with;
# NOTARY_PROFILE a stored notarytool profile. Without them the result is for this machine only.
set -eu
cd "$(dirname "$0")/../.."

python3 installer/dev.py build
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' desktop/__init__.py)
app="dist/Producer Desk.app"
image="dist/ProducerDesk-$version-$(uname -m).dmg"

if [ -n "${SIGN_AS:-}" ]; then
    # From the inside out: a signature covers those below it.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
        xargs -0 codesign --force --timestamp --options runtime --sign "$SIGN_AS"
    codesign --force --timestamp --options runtime --entitlements installer/macos/entitlements.plist \
        --sign "$SIGN_AS" "$app"
    codesign --verify --deep --strict "$app"
fi

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
rm -f "$image"
hdiutil create -volname "Producer Desk" -srcfolder "$staging" -format UDZO "$image"

if [ -n "${SIGN_AS:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    codesign --force --timestamp --sign "$SIGN_AS" "$image"
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
