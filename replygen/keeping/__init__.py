"""keeping: what people keep between sessions, under one work folder."""

__all__: list[str] = []
