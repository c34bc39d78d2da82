"""Write and open a backup: one zip file with a dump, the filestore and a manifest.

backup.py save DATABASE FILESTORE FILE
backup.py open FILE FOLDER      unpacked into FOLDER after everything was checked

manifest.json, written last, names the database, Odoo's and the addons' versions, the time
and the SHA-256 of each part; a file without it, or with another content, is refused.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

FORMAT = "qms-backup-1"
DUMP = "database.dump"
CHUNK = 1 << 20


class BackupError(Exception):
    """Says in one sentence what is wrong with a backup."""


def copy_hashed(source, target):
    """Copy a stream; returns the SHA-256 of its content."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def query(database, sql):
    return subprocess.run(["psql", "-d", database, "-Atqc", sql], check=True, capture_output=True, text=True).stdout


def write_dump(archive, database):
    with archive.open(DUMP, "w", force_zip64=True) as target:
        with subprocess.Popen(["pg_dump", "-Fc", "--no-owner", database], stdout=subprocess.PIPE) as dump:
            checksum = copy_hashed(dump.stdout, target)
    if dump.returncode:
        raise BackupError("pg_dump failed")
    return checksum


def write_files(archive, filestore):
    sums = {}
    for path in sorted(Path(filestore).rglob("*")):
        # Odoo's checklist of files to collect is no content.
        if not path.is_file() or path.relative_to(filestore).parts[0] == "checklist":
            continue
        name = f"filestore/{path.relative_to(filestore).as_posix()}"
        with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
            sums[name] = copy_hashed(source, target)
    return sums


def save(database, filestore, file):
    versions = query(database, "SELECT name, latest_version FROM ir_module_module WHERE state = 'installed'")
    manifest = {
        "format": FORMAT,
        "database": database,
        "time": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "postgresql": query(database, "SHOW server_version").strip(),
        "addons": dict(sorted(line.split("|") for line in versions.splitlines())),
    }
    manifest["odoo"] = ".".join(manifest["addons"]["base"].split(".")[:2])
    # Both parts are compressed already, or too small to matter.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        dump = write_dump(archive, database)
        files = write_files(archive, filestore)
        manifest["sha256"] = {DUMP: dump, **files}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))
    print(f"{Path(file).stat().st_size / 1e6:.1f} MB: the database and {len(files)} files")


def open_backup(file, folder):
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = read_manifest(archive)
            for name, checksum in manifest["sha256"].items():
                extract(archive, name, checksum, Path(folder))
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise BackupError(f"it can't be unpacked: {error}") from error
    Path(folder, "filestore").mkdir(exist_ok=True)
    Path(folder, "database.name").write_text(manifest["database"])


def read_manifest(archive):
    if "manifest.json" not in archive.namelist():
        raise BackupError("it has no manifest")
    manifest = json.loads(archive.read("manifest.json"))
    if manifest.get("format") != FORMAT:
        raise BackupError(f"its format is {manifest.get('format')}, not {FORMAT}")
    return manifest


def extract(archive, name, checksum, folder):
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or (name != DUMP and path.parts[0] != "filestore"):
        raise BackupError(f"it names {name}, which is no part of a backup")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as copy:
        if copy_hashed(source, copy) != checksum:
            raise BackupError(f"{name} has another content than when it was saved")


def main(what, *arguments):
    try:
        {"save": save, "open": open_backup}[what](*arguments)
    except BackupError as error:
        sys.exit(str(error))
    except OSError as error:
        if what == "save":
            shutil.rmtree(arguments[-1], ignore_errors=True)
        sys.exit(f"{error.strerror or error}: {error.filename or ''}")


if __name__ == "__main__":
    main(*sys.argv[1:])
