"""A stub ComfyUI 0.27: a real server process towards extensions and ComfyUI's own frontend.

Start it with ``python -m model_keeper.testing.comfyui``; it runs no model and needs no torch.
"""
