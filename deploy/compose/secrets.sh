#!/bin/sh
# Makes the secrets of compose.yaml, once. Files that exist are kept: a new encryption_key could not read old notes.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
# Only this user enters the folder; inside a container each file is mounted by itself, and read by user 10001.
chmod 700 secrets
make() {
  if [ -e "secrets/$1" ]; then
    echo "kept secrets/$1"
  else
    openssl rand -"$2" 32 >"secrets/$1"
    chmod 444 "secrets/$1"
    echo "made secrets/$1"
  fi
}
make encryption_key base64
make audit_signing_key base64
make database_owner_password hex
make database_service_password hex
[ -e .env ] || cp .env.example .env
echo "Keep copies of secrets/encryption_key and secrets/audit_signing_key away from this machine:"
echo "without the first no note can be read, without the second the audit trail cannot be continued."
