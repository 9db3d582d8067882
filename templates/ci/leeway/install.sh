#!/usr/bin/env bash
# Puts Leeway into a folder: bash .leeway/install.sh FOLDER. The command is FOLDER/bin/leeway then.
#
# It is this one file and no other. Whatever else may come from that address has another hash and is refused, so
# nobody can change what runs here but by changing this script, where everybody sees it.
# For a newer Leeway: leeway ci init --package URL --integrity HASH --replace
set -euo pipefail

url='{{url}}'
hash='{{hash}}'
folder=$1

mkdir -p "$folder/bin"
curl --fail --silent --show-error --location --retry 3 --output "$folder/leeway.tgz" "$url"
if ! echo "$hash  $folder/leeway.tgz" | {{sum}} --check --status; then
  rm -f "$folder/leeway.tgz"
  echo "Leeway was not installed: what lies at $url is not the file that was pinned." >&2
  exit 1
fi
tar --extract --gzip --file "$folder/leeway.tgz" --directory "$folder"
ln -sf ../package/bin/leeway.js "$folder/bin/leeway"
