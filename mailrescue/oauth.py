"""Access tokens for IMAP (OAuth 2.0), for those who log in at a provider's page instead of giving a password. Placeholder until the flows stand."""
