"""replygen drafts replies to CPPCC proposals and NPC suggestions, offline."""
