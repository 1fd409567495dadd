"""The ways money reaches a payee: one file each, all keeping the promises of `Rail`."""
