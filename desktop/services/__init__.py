"""One function per user action: owns the transaction, returns what changed. Knows no Qt."""
