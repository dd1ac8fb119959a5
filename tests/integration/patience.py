"""How long tests wait for what must come."""

PATIENCE = 240.0  # seconds: the end of a hang, far from what a loaded machine needs
