"""Model Keeper: gets every model a ComfyUI workflow needs, and keeps the library healthy."""

__version__ = "0.1.0"
