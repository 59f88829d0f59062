#!/usr/bin/env bash
# Puts a built program into an archive, with its pages, completions and licences:
# archive.sh PROGRAM TARGET FOLDER. Prints the name of the archive.
set -euo pipefail

program=$(realpath "$1")
target=$2
folder=$(realpath "$3")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

read -r _ version _ < <("$program" --version)
name=shiftlint-$version-$target
content=$folder/$name
mkdir "$content" "$content/completions" "$content/man"

cp "$program" README.md CHANGELOG.md LICENSE LICENSE-APACHE LICENSE-MIT "$content"
for completion in \
  bash:shiftlint.bash zsh:_shiftlint fish:shiftlint.fish elvish:shiftlint.elv powershell:_shiftlint.ps1; do
  "$program" completions "${completion%%:*}" >"$content/completions/${completion#*:}"
done
"$program" man >"$content/man/shiftlint.1"
for command in check plan triage why fix diff init inspect redact rules schema completions man; do
  "$program" man "$command" >"$content/man/shiftlint-$command.1"
done

cd "$folder"
case $target in
  *windows*)
    archive=$name.zip
    7z a -bd "$archive" "$name" >/dev/null
    ;;
  *)
    archive=$name.tar.gz
    tar -czf "$archive" "$name"
    ;;
esac
rm -r "$name"
printf '%s\n' "$archive"
