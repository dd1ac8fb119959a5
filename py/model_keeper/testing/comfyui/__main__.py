from __future__ import annotations

from model_keeper.testing.comfyui.host import main

if __name__ == "__main__":
    main()
