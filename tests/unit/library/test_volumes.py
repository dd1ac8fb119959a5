"""Volumes: one device that is mounted at several places is several of them."""

from __future__ import annotations

from pathlib import Path

from model_keeper.library.volumes import Volumes


def mounted(tmp_path: Path, *points: Path) -> Path:
    lines = [
        f"36 35 98:0 / {str(point).replace(' ', chr(92) + '040')} rw - ext4 d rw"
        for point in points
    ]
    file = tmp_path / "mountinfo"
    file.write_text("\n".join([*lines, "odd"]))
    return file


def test_a_bind_mount_of_the_same_device_is_another_volume(tmp_path: Path) -> None:
    vae, loras = tmp_path / "my vae" / "sub", tmp_path / "loras"
    for folder in (vae, loras):
        folder.mkdir(parents=True)
    volumes = Volumes(mounted(tmp_path, tmp_path / "my vae"))
    assert volumes.of(vae) != volumes.of(loras)
    assert volumes.of(vae) == volumes.of(vae.parent)
    assert volumes.of(loras) == volumes.of(tmp_path)


def test_where_the_system_does_not_tell_the_device_counts_alone(tmp_path: Path) -> None:
    volumes = Volumes(tmp_path / "none")
    assert volumes.of(tmp_path) == (tmp_path.stat().st_dev, "")


def test_a_link_is_of_the_volume_that_it_leads_to(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    volumes = Volumes(mounted(tmp_path, real))
    assert volumes.of(link) == volumes.of(real) != volumes.of(tmp_path)
