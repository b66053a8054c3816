#!/usr/bin/env bash
# Restores what backup.sh wrote: docs/deploy/backup.md
#
#   restore.sh data FILE                  into the empty database of DATABASE_URL, as its owner
#   restore.sh cluster FILE FOLDER        into an empty folder, from which PostgreSQL can then be started
#   restore.sh configuration FILE FOLDER  below FOLDER, never over the files in use
#
# The private key must be in the keyring of the user who runs it (GNUPGHOME).
set -euo pipefail
umask 077

die() {
  echo "restore: $1" >&2
  exit 2
}

kind=${1:-}
file=${2:-}
folder=${3:-}
[ -r "$file" ] || die "usage: restore.sh data FILE | cluster FILE FOLDER | configuration FILE FOLDER"
command -v gpg >/dev/null || die "gpg is not installed"
sums="$(dirname "$file")/SHA256SUMS"
if [ -r "$sums" ]; then
  (cd "$(dirname "$file")" && grep -F "  $(basename "$file")" SHA256SUMS | sha256sum --check --quiet) ||
    die "$file is not as it was written"
fi

decrypt() {
  gpg --batch --quiet --decrypt "$file"
}

empty_folder() {
  [ -n "$folder" ] || die "name an empty folder"
  mkdir -p "$folder"
  [ -z "$(ls -A "$folder")" ] || die "$folder is not empty"
}

case $kind in
  data)
    tables=$(psql --no-psqlrc --tuples-only --no-align "${DATABASE_URL:?is not set}" \
      --command="SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
    [ "$tables" = 0 ] || die "the database has $tables tables: restore into an empty one"
    decrypt | pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$DATABASE_URL"
    echo "restored; now grant the service its rights: main.cjs migrate --service-role healthcare_ai"
    ;;
  cluster)
    empty_folder
    decrypt | tar --extract --file=- --directory="$folder"
    chmod 700 "$folder"
    pg_verifybackup "$folder"
    ;;
  configuration)
    empty_folder
    decrypt | tar --extract --file=- --directory="$folder" --transform='s,^/,,' --absolute-names
    echo "restored below $folder"
    ;;
  *)
    die "there is no kind $kind: data, cluster or configuration"
    ;;
esac
