"""The offline form of the Debian package: the .deb and all a bare Debian 12 lacks for it, in one file."""

import shutil
import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from installer.deb import package_file
from installer.debian_archive import DebianArchive, DebianPackage, read_stanzas
from installer.debian_licences import copyright_text, short_licences
from installer.errors import BuildError
from installer.parts import product_part
from installer.product import Product
from installer.program_tree import Workplace, fresh_folder
from installer.sbom import Part, as_text, parts_list
from installer.wheelhouse import file_hash

SYSTEM: Final = "debian12-offline"
_TEMPLATES: Final = Path(__file__).with_name("debian") / "offline"


def build_offline(product: Product, place: Workplace, mirror: str, *, with_sources: bool) -> list[Path]:
    """The .run file and its parts list in `place.out`, around the .deb that lies there; sources if wanted.

    Raises:
        BuildError: the .deb was not built yet, or Debian's packages are not to be had.
    """
    ours = package_file(product, place.out)
    if not ours.is_file() or shutil.which("apt-get") is None:
        raise BuildError(f"{ours} is needed first (--target deb), and Debian's apt.")
    archive = DebianArchive(place.cache / "debian-12", mirror)
    archive.renew(with_sources=with_sources)
    further = recommended(ours)
    packages = archive.lacking(ours, further)
    built = [place.out / f"kakanai-{product.version}-{SYSTEM}.run"]
    if with_sources:  # first: without them nothing is to be handed on
        folder = fresh_folder(place.build / "sources")
        archive.sources(packages, folder)
        built.append(place.out / f"kakanai-{product.version}-{SYSTEM}-sources.tar")
        pack_tree(folder, built[-1], product.epoch)
    tree = fresh_folder(place.build / "tree")
    fill_tree(tree, product, ours, packages, further)
    payload = place.build / "payload.tar"
    pack_tree(tree, payload, product.epoch)
    write_run_file(built[0], payload, product)
    payload.unlink()
    built.append(built[0].with_suffix(".cdx.json"))
    built[-1].write_text(_bill(product, ours, packages), encoding="utf-8")
    return built


def recommended(package: Path) -> list[str]:
    """The names that a .deb recommends."""
    told = _field(package, "Recommends")
    return [name.split()[0] for name in told.split(",") if name.strip()]


def fill_tree(
    tree: Path, product: Product, ours: Path, packages: Sequence[DebianPackage], further: Sequence[str]
) -> None:
    """What the .run file unpacks: packages with their index, licences, where the sources are, the script.

    Raises:
        BuildError: a package brings no copyright file, and no other that it points to.
    """
    (tree / "debs").mkdir()
    stanzas = [_stanza_of(ours)]
    shutil.copyfile(ours, tree / "debs" / ours.name)
    rows = ["名前\t版\tソース\tソースの版\tSHA-256\tライセンス\n"]
    for package in packages:
        name = Path(package.stanza["Filename"]).name
        shutil.copyfile(package.file, tree / "debs" / name)
        stanzas.append(dict(package.stanza) | {"Filename": f"./debs/{name}"})
        text = copyright_text(package, packages)
        (tree / "licences" / package.name).mkdir(parents=True)
        (tree / "licences" / package.name / "copyright").write_bytes(text)
        fields = (package.name, package.version, package.source, package.source_version, package.sha256)
        rows.append("\t".join((*fields, short_licences(text))) + "\n")
    (tree / "Packages").write_text("\n".join(map(_as_text, stanzas)), encoding="utf-8")
    (tree / "packages.tsv").write_text("".join(rows), encoding="utf-8")
    sources = sorted({f"{one.source} {one.source_version}" for one in packages})
    words = {"VERSION": product.version, "FURTHER": " ".join(further), "SOURCES": "\n".join(sources)}
    for script in ("install.sh", "SOURCES.txt"):
        (tree / script).write_text(_filled(_TEMPLATES / script, words), encoding="utf-8")
    files = sorted(path for path in tree.rglob("*") if path.is_file())
    lines = (f"{file_hash(path)}  {path.relative_to(tree)}\n" for path in files)
    (tree / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def pack_tree(tree: Path, target: Path, epoch: int) -> None:
    """A tar archive of every file below `tree`, by name, root's, of one time: always the same bytes."""
    with tarfile.open(target, "w", format=tarfile.GNU_FORMAT) as archive:
        for path in sorted(tree.rglob("*")):
            entry = tarfile.TarInfo(str(path.relative_to(tree)))
            entry.mtime = epoch
            entry.uname = entry.gname = "root"
            if path.is_dir():
                entry.type, entry.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(entry)
                continue
            entry.size = path.stat().st_size
            entry.mode = 0o755 if path.suffix == ".sh" else 0o644
            with path.open("rb") as file:
                archive.addfile(entry, file)


def write_run_file(target: Path, payload: Path, product: Product) -> None:
    """The script that checks and unpacks, and the archive behind it."""
    words = {
        "VERSION": product.version,
        "FILE": target.name,
        "SIZE": str(payload.stat().st_size),
        "SHA256": file_hash(payload),
        "LINES": str((_TEMPLATES / "head.sh").read_text(encoding="utf-8").count("\n")),
    }
    with target.open("wb") as file, payload.open("rb") as content:
        file.write(_filled(_TEMPLATES / "head.sh", words).encode())
        shutil.copyfileobj(content, file)
    target.chmod(0o755)


def _stanza_of(ours: Path) -> dict[str, str]:
    (stanza,) = read_stanzas(_field(ours))
    return dict(stanza) | {
        "Filename": f"./debs/{ours.name}",
        "Size": str(ours.stat().st_size),
        "SHA256": file_hash(ours),
    }


def _as_text(stanza: dict[str, str]) -> str:
    return "".join(f"{key}: {value}\n" for key, value in stanza.items())


def _filled(template: Path, words: dict[str, str]) -> str:
    text = template.read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


def _field(package: Path, *names: str) -> str:
    told = subprocess.run(  # noqa: S603 - arguments made here
        ["dpkg-deb", "--field", str(package), *names],  # noqa: S607
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise BuildError(f"dpkg-deb failed:\n{told.stderr}")
    return told.stdout


def _bill(product: Product, ours: Path, packages: Sequence[DebianPackage]) -> str:
    parts = [
        Part(
            "library",
            package.name,
            package.version,
            f"LicenseRef-licences/{package.name}/copyright",
            sha256=package.sha256,
            purl=f"pkg:deb/debian/{package.name}@{quote(package.version, safe='')}"
            f"?arch={package.stanza['Architecture']}&distro=debian-12",
            file_name=Path(package.stanza["Filename"]).name,
            note=f"source: {package.source} {package.source_version}",
        )
        for package in packages
    ]
    itself = Part(
        "application",
        "kakanai (.deb)",
        product.version,
        "Apache-2.0",
        sha256=file_hash(ours),
        file_name=ours.name,
        note="its own parts are in its own list",
    )
    return as_text(parts_list(product_part(product, SYSTEM), [*parts, itself], product.epoch))
