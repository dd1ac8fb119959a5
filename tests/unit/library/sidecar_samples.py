"""Sidecars as the tools of others write them, in small."""

from __future__ import annotations

from typing import Any

SHA = "ab" * 32

CIVITAI: dict[str, Any] = {
    "id": 20,
    "modelId": 10,
    "name": "v2",
    "trainedWords": ["carrot", "soup, "],
    "baseModel": "SDXL 1.0",
    "description": "<p>Second <strong>version</strong>.</p>",
    "stats": {"downloadCount": 3},
    "model": {"name": "Carrot", "type": "LORA", "nsfw": False, "description": "<p>Orange.</p>"},
    "creator": {"username": "gardener"},
    "files": [
        {
            "id": 30,
            "name": "carrot.safetensors",
            "type": "Model",
            "primary": True,
            "hashes": {"SHA256": SHA.upper(), "AutoV2": SHA[:10].upper()},
            "downloadUrl": "https://civitai.com/api/download/models/20?token=secret",
        }
    ],
    "images": [
        {"url": "https://image.civitai.com/1.jpeg", "type": "image", "nsfw": "Soft", "width": 8},
        {"url": "https://image.civitai.com/2.mp4", "type": "video", "nsfwLevel": 4},
    ],
    "downloadUrl": "https://civitai.com/api/download/models/20",
}

LORA_MANAGER: dict[str, Any] = {
    "file_name": "carrot",
    "model_name": "My carrot",
    "file_path": "/home/me/models/loras/carrot.safetensors",
    "size": 4,
    "modified": 1_700_000_000.5,
    "sha256": SHA,
    "base_model": "SDXL 1.0",
    "preview_url": "/home/me/models/loras/carrot.png",
    "preview_nsfw_level": 1,
    "notes": "works at 0.7",
    "from_civitai": True,
    "civitai": CIVITAI,
    "tags": ["food"],
    "modelDescription": "<p>Orange.</p>",
    "civitai_deleted": True,
    "favorite": True,
    "usage_tips": '{"strength": 0.7}',
    "future_key": 7,
}

STABILITY_MATRIX: dict[str, Any] = {
    "ModelId": 10,
    "ModelName": "Carrot",
    "ModelDescription": "<p>Orange.</p>",
    "Nsfw": False,
    "Tags": ["food"],
    "ModelType": "LORA",
    "VersionId": 20,
    "VersionName": "v2",
    "VersionDescription": None,
    "BaseModel": "SDXL 1.0",
    "Hashes": {"SHA256": SHA.upper()},
    "TrainedWords": ["carrot"],
    "UserTitle": "Mine",
    "ThumbnailImageUrl": "https://image.civitai.com/1.jpeg",
}

WEBUI: dict[str, Any] = {
    "description": "for soups",
    "sd version": "SDXL",
    "activation text": "carrot, soup",
    "preferred weight": 0.8,
    "negative text": "salad",
    "notes": "https://civitai.com/models/10",
}

FORK: dict[str, Any] = {
    "name": "carrot.safetensors",
    "path": "C:\\models\\loras\\carrot.safetensors",
    "size": 4,
    "type": ".safetensors",
    "hash": SHA,
    "model_type": "lora",
    "base_model": "SDXL 1.0",
    "model_version": "v2",
    "architecture": "sdxl",
    "trigger_words": ["carrot"],
    "source": "Civitai",
    "source_url": "https://civitai.com/models/10",
    "license": "openrail",
    "name_for_display": "Carrot",
    "description": "Orange.",
    "tags": ["food"],
    "preview_url": "https://image.civitai.com/1.jpeg",
    "has_preview": True,
    "raw_metadata": {"ss_sd_model_name": "/home/me/base.safetensors", "ss_steps": "9"},
}

MARKDOWN = f"""---
website: Civitai
modelPage: https://civitai.com/models/10?modelVersionId=20
author: gardener
baseModel: SDXL 1.0
hashes:
  SHA256: {SHA}
preview:
  - https://image.civitai.com/1.jpeg
metadata:
  fp: fp16
---

# Trigger Words

carrot
soup

# About this version

Second **version**.

# Carrot

<p>Orange.</p><script>alert(1)</script>
"""
