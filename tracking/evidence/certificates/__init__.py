"""The platform's own certificates: as PDF, looked up by anybody, revoked by a coordinator."""
