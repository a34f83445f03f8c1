#!/bin/sh
# Asks in the editor for the passphrase of a signing key: ssh-keygen runs this program and reads what it prints.
ELECTRON_RUN_AS_NODE=1 exec "$COUNTERSIGN_ASKPASS_NODE" "$COUNTERSIGN_ASKPASS_MAIN" "$@"
