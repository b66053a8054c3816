#!/bin/sh
# Creates or replaces the container group; the secrets go from Key Vault into the request, and never onto a disk.
#   VAULT=healthcare-ai-kv RESOURCE_GROUP=healthcare-ai-rg ./deploy.sh
set -eu
: "${VAULT:?name the Key Vault}" "${RESOURCE_GROUP:?name the resource group}"
secret() {
  az keyvault secret show --vault-name "$VAULT" --name "$1" --query value --output tsv | tr -d '\n' | base64 | tr -d '\n'
}
DATABASE_URL_BASE64=$(secret database-url)
DATABASE_CA_BASE64=$(secret database-ca)
ENCRYPTION_KEY_BASE64=$(secret encryption-key)
AUDIT_SIGNING_KEY_BASE64=$(secret audit-signing-key)
export DATABASE_URL_BASE64 DATABASE_CA_BASE64 ENCRYPTION_KEY_BASE64 AUDIT_SIGNING_KEY_BASE64
# shellcheck disable=SC2016  # envsubst wants the names, not the values
envsubst '${DATABASE_URL_BASE64} ${DATABASE_CA_BASE64} ${ENCRYPTION_KEY_BASE64} ${AUDIT_SIGNING_KEY_BASE64}' \
  <"$(dirname "$0")/container-group.yaml" |
  az container create --resource-group "$RESOURCE_GROUP" --file /dev/stdin
