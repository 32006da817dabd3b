"""A keyring for tests: a real backend of the keyring package whose entries are files of one folder. Nothing of the user's own keyring is touched."""

from __future__ import annotations

from pathlib import Path

_BACKEND = '''
import os
from pathlib import Path
from keyring.backend import KeyringBackend

class Ring(KeyringBackend):
    priority = 1
    name = "test ring"

    def _path(self, service, user):
        return Path(os.environ["HOME"], "ring", (service + " " + user).encode().hex())

    def get_password(self, service, user):
        path = self._path(service, user)
        return path.read_text() if path.exists() else None

    def set_password(self, service, user, password):
        self._path(service, user).write_text(password)

    def delete_password(self, service, user):
        self._path(service, user).unlink()
'''


def make_ring(home: Path) -> dict[str, str]:
    """Make one below that folder; the variables under which the keyring package finds it."""
    (home / "ring").mkdir(parents=True, exist_ok=True)
    (home / "modules").mkdir(exist_ok=True)
    (home / "modules" / "testring.py").write_text(_BACKEND)
    settings = home / ".config" / "python_keyring"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "keyringrc.cfg").write_text(f"[backend]\ndefault-keyring=testring.Ring\nkeyring-path={home / 'modules'}\n")
    return {"HOME": str(home)}


def entries(home: Path) -> dict[str, str]:
    """What lies in it: service and user, and the secret."""
    return {bytes.fromhex(path.name).decode(): path.read_text() for path in sorted((home / "ring").iterdir())}
