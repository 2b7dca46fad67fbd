"""The offline form: what the one file checks, refuses, unpacks, and how it calls apt. No root is needed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from installer.debian_archive import DebianPackage, read_stanzas, source_of
from installer.debian_licences import copyright_text, short_licences
from installer.errors import BuildError
from installer.offline import fill_tree, pack_tree, recommended, write_run_file
from installer.product import ROOT, Product
from installer.wheelhouse import file_hash

PRODUCT = Product("1.2.3", 1_700_000_000)
DEP5 = "Format: x\n\nFiles: *\nLicense: LGPL-2.1+\n\nFiles: m\nLicense: MIT\n"


def make_deb(folder: Path, name: str, files: dict[str, str], fields: str = "") -> Path:
    tree = folder / f"{name}.tree"
    (tree / "DEBIAN").mkdir(parents=True)
    control = f"Package: {name}\nVersion: 1.2.3\nArchitecture: amd64\nMaintainer: x <x@localhost>\n"
    (tree / "DEBIAN/control").write_text(f"{control}Installed-Size: 7\n{fields}Description: test\n more\n")
    for path, text in files.items():
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        if text.startswith("->"):
            (tree / path).symlink_to(text[2:])
        else:
            (tree / path).write_text(text)
    command = ["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, folder / f"{name}.deb"]
    subprocess.run(command, check=True, capture_output=True)
    return folder / f"{name}.deb"


def debian_package(file: Path) -> DebianPackage:
    told = subprocess.run(["dpkg-deb", "--field", file], check=True, capture_output=True, text=True)
    size = {"Filename": f"pool/main/{file.name}", "Size": str(file.stat().st_size), "SHA256": file_hash(file)}
    stanza = {**read_stanzas(told.stdout)[0], **size}
    return DebianPackage(
        stanza["Package"], stanza["Version"], file, size["SHA256"], *source_of(stanza), stanza
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `tree` and `kakanai.run` around a tiny kakanai and two packages that it needs."""
    folder = tmp_path_factory.mktemp("offline")
    ours = make_deb(
        folder,
        "kakanai",
        {"opt/kakanai/x": "x"},
        "Depends: libone, libtwo\nRecommends: cups-client, fonts-noto-cjk (>= 1)\n",
    )
    packages = [
        debian_package(make_deb(folder, "libone", {"usr/share/doc/libone/copyright": DEP5})),
        debian_package(make_deb(folder, "libtwo", {"usr/share/doc/libtwo": "->libone"}, "Source: one (9)\n")),
    ]
    (folder / "tree").mkdir()
    fill_tree(folder / "tree", PRODUCT, ours, packages, recommended(ours))
    pack_tree(folder / "tree", folder / "payload.tar", PRODUCT.epoch)
    write_run_file(folder / "kakanai.run", folder / "payload.tar", PRODUCT)
    return folder


def run(*command: str | Path, path: str | None = None, cwd: Path | None = None) -> tuple[int, str]:
    told = subprocess.run(
        command,
        env={**os.environ, **({"PATH": path} if path else {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return told.returncode, told.stdout


def test_every_package_is_there_with_its_hash_its_licence_and_its_source(made: Path) -> None:
    tree = made / "tree"
    assert run("sha256sum", "--quiet", "--strict", "--check", "SHA256SUMS", cwd=tree) == (0, "")
    listed = {line.split("  ", 1)[1] for line in (tree / "SHA256SUMS").read_text().splitlines()}
    files = {str(p.relative_to(tree)) for p in tree.rglob("*") if p.is_file()} - {"SHA256SUMS"}
    assert listed == files
    index = {stanza["Package"]: stanza for stanza in read_stanzas((tree / "Packages").read_text())}
    assert set(index) == {"kakanai", "libone", "libtwo"}
    for stanza in index.values():
        assert file_hash(tree / stanza["Filename"]) == stanza["SHA256"]
        assert stanza["Description"] == "test\n more"
    assert (tree / "licences/libone/copyright").read_text() == DEP5
    assert (tree / "licences/libtwo/copyright").read_text() == DEP5  # its folder is a link to the other's
    rows = [line.split("\t") for line in (tree / "packages.tsv").read_text().splitlines()]
    assert rows[2][:4] == ["libtwo", "1.2.3", "one", "9"]
    assert rows[2][5] == "LGPL-2.1+, MIT"
    assert "one 9" in (tree / "SOURCES.txt").read_text().splitlines()
    assert "--with-sources" in (tree / "SOURCES.txt").read_text()


def test_a_package_without_a_licence_is_not_packed(tmp_path: Path) -> None:
    package = debian_package(make_deb(tmp_path, "libthree", {"usr/lib/three": "3"}))
    with pytest.raises(BuildError, match="libthree"):
        copyright_text(package, [package])
    on_every_debian = debian_package(make_deb(tmp_path, "libfour", {"usr/share/doc/libfour": "->bash"}))
    assert b"/usr/share/doc/bash/copyright" in copyright_text(on_every_debian, [package])
    assert short_licences(b"all sorts of words") == "copyright を見てください"


def test_the_same_input_makes_the_same_file(made: Path, tmp_path: Path) -> None:
    copied = shutil.copytree(made / "tree", tmp_path / "tree")
    os.utime(copied / "Packages", (1, 1))
    (copied / "Packages").chmod(0o600)
    pack_tree(copied, tmp_path / "payload.tar", PRODUCT.epoch)
    write_run_file(tmp_path / "kakanai.run", tmp_path / "payload.tar", PRODUCT)
    assert file_hash(tmp_path / "kakanai.run") == file_hash(made / "kakanai.run")


def test_the_file_checks_itself_and_unpacks(made: Path, tmp_path: Path) -> None:
    code, told = run("sh", made / "kakanai.run", "--check")
    assert (code, "○" in told) == (0, True)
    assert run("sh", made / "kakanai.run", "--extract", tmp_path / "out")[0] == 0
    assert run("diff", "-r", made / "tree", tmp_path / "out") == (0, "")
    assert os.access(tmp_path / "out/install.sh", os.X_OK)


@pytest.mark.parametrize("damage", ["changed", "cut"])
def test_a_damaged_file_changes_nothing(made: Path, tmp_path: Path, damage: str) -> None:
    content = bytearray((made / "kakanai.run").read_bytes())
    if damage == "cut":
        del content[-1000:]
    else:
        content[-3000] ^= 1
    (tmp_path / "kakanai.run").write_bytes(content)
    code, told = run("sh", tmp_path / "kakanai.run", "--extract", tmp_path / "out")
    assert (code, "B-2" in told, (tmp_path / "out").exists()) == (2, True, False)


def pretend(folder: Path, **scripts: str) -> str:
    """The PATH with pretended tools first."""
    folder.mkdir(exist_ok=True)
    usual = {"id": "echo 0", "apt-get": f'echo "$*" >>{folder}/calls', "dpkg-query": "exit 1"}
    for name, script in {**usual, **{key.replace("_", "-"): value for key, value in scripts.items()}}.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return f"{folder}:/usr/sbin:/usr/bin:/sbin:/bin"


NEWER = 'case "$*" in *Version*kakanai*) echo "installed 9.0";; *) exit 1;; esac'


@pytest.mark.parametrize(
    ("code", "scripts"),
    [
        (4, {"id": "echo 1000"}),
        (5, {"dpkg": "echo arm64"}),
        (7, {"dpkg_query": NEWER}),
        (3, {"df": "printf 'h\\nx 1 1 5 1 /\\n'"}),
        (8, {"apt_get": "echo broken; exit 100"}),
    ],
)
def test_what_is_refused_is_told_with_its_code(
    made: Path, tmp_path: Path, code: int, scripts: dict[str, str]
) -> None:
    found, told = run("sh", made / "tree/install.sh", path=pretend(tmp_path / "bin", **scripts))
    assert (found, f"B-{code}:" in told) == (code, True), told
    assert not (tmp_path / "bin/calls").exists()
    manual = (ROOT / "docs/manual/install.md").read_text(encoding="utf-8")
    assert f"| B-{code} |" in manual


def test_a_changed_package_is_not_installed(made: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(made / "tree", tmp_path / "tree")
    with (tree / "debs/libone.deb").open("ab") as file:
        file.write(b"x")
    code, told = run("sh", tree / "install.sh", path=pretend(tmp_path / "bin"))
    assert (code, "B-2:" in told, (tmp_path / "bin/calls").exists()) == (2, True, False)


def test_apt_sees_this_folder_and_no_other_source(made: Path, tmp_path: Path) -> None:
    marked = f'echo "$*" >>{tmp_path}/marked'
    queried = 'case "$*" in *cups-client*) echo installed;; *Version*kakanai*) echo 1.2.3;; *) exit 1;; esac'
    path = pretend(tmp_path / "bin", apt_mark=marked, dpkg_query=queried)
    code, told = run("sh", made / "tree/install.sh", path=path)
    assert (code, "1.2.3" in told) == (0, True), told
    update, install = (tmp_path / "bin/calls").read_text().splitlines()
    assert "Dir::Etc::sourceparts=/dev/null" in update
    assert update.endswith(" update")
    assert install.endswith(
        "install -y --no-install-recommends --no-remove kakanai cups-client fonts-noto-cjk"
    )
    assert (tmp_path / "marked").read_text() == "auto fonts-noto-cjk\n"  # the other one was there already


def test_the_folder_may_have_a_blank_in_its_path(made: Path, tmp_path: Path) -> None:
    tree = shutil.copytree(made / "tree", tmp_path / "of the town" / "tree")
    # As apt reads it: the third word of the line.
    looked = (
        'for one; do case "$one" in *sourcelist=*) list=${one#*sourcelist=};; esac; done\n'
        f'ls "$(awk \'{{ print substr($3, 6) }}\' "$list")/Packages" >>{tmp_path}/found'
    )
    code, told = run("sh", tree / "install.sh", path=pretend(tmp_path / "bin", apt_get=looked))
    assert code == 0, told
    assert len((tmp_path / "found").read_text().splitlines()) == 2  # update, install


def test_real_apt_finds_everything_in_the_index(made: Path, tmp_path: Path) -> None:
    (tmp_path / "status").touch()
    (tmp_path / "lists/partial").mkdir(parents=True)
    (tmp_path / "sources.list").write_text(f"deb [trusted=yes] file:{made / 'tree'} ./\n")
    options = {
        "Dir::State": tmp_path,
        "Dir::State::status": tmp_path / "status",
        "Dir::Cache": tmp_path,
        "Dir::Etc::sourcelist": tmp_path / "sources.list",
        "Dir::Etc::sourceparts": "/dev/null",
        "APT::Architecture": "amd64",
        "APT::Sandbox::User": "",
        "Debug::NoLocking": "true",
    }
    apt = ["apt-get", *(f"-o{key}={value}" for key, value in options.items())]
    code, told = run(*apt, "update")
    assert code == 0, told
    code, told = run(*apt, "install", "--simulate", "--no-install-recommends", "kakanai")
    chosen = {line.split()[1] for line in told.splitlines() if line.startswith("Inst ")}
    assert (code, chosen) == (0, {"kakanai", "libone", "libtwo"}), told
