#!/usr/bin/env bash
# Backups that only the holder of a private key can read: docs/deploy/backup.md
#
#   backup.sh data TARGET                   a dump of the database, consistent, of any size
#   backup.sh cluster TARGET                the whole server, for recovery to a moment together with its WAL archive
#   backup.sh configuration TARGET PATH...  settings, secrets and the master key
#
# DATABASE_URL is the owner's. BACKUP_RECIPIENT is a file with the public OpenPGP key of those who may restore: this
# machine can write backups and cannot read them.
set -euo pipefail
umask 077

die() {
  echo "backup: $1" >&2
  exit 2
}

kind=${1:-}
target=${2:-}
[ -n "$target" ] || die "usage: backup.sh data|cluster|configuration TARGET [PATH...]"
[ -d "$target" ] || die "$target is no folder"
[ -r "${BACKUP_RECIPIENT:-}" ] || die "BACKUP_RECIPIENT must name the file of a public key"
command -v gpg >/dev/null || die "gpg is not installed"

home=$(mktemp -d)
stamp=$(date -u +%Y%m%dT%H%M%SZ)
file="$target/$kind-$stamp.gpg"
trap 'rm -rf "$home" "$file.part"' EXIT

# Written under another name until it is whole: a backup that was cut off is not taken for one.
encrypt() {
  gpg --homedir "$home" --batch --quiet --no-autostart --trust-model always --compress-algo none \
    --recipient-file "$BACKUP_RECIPIENT" --encrypt --output "$file.part"
}

case $kind in
  data)
    pg_dump --format=custom --no-owner --no-privileges "${DATABASE_URL:?is not set}" | encrypt
    ;;
  cluster)
    pg_basebackup --dbname="${DATABASE_URL:?is not set}" --pgdata=- --format=tar --wal-method=fetch \
      --checkpoint=fast --manifest-checksums=SHA256 | encrypt
    ;;
  configuration)
    shift 2
    [ $# -gt 0 ] || die "name the files and folders of the configuration"
    tar --create --file=- --absolute-names -- "$@" | encrypt
    ;;
  *)
    die "there is no kind $kind: data, cluster or configuration"
    ;;
esac
sync "$file.part"
mv "$file.part" "$file"
(cd "$target" && sha256sum "$(basename "$file")" >>SHA256SUMS)
echo "$file"
