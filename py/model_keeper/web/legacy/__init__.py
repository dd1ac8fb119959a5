"""The API of the ComfyUI-Model-Manager panel, answered by this queue and this library."""
