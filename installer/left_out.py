"""What of the Qt packages is not installed: tools, Qt Quick, and all that speaks to a network by itself."""

import re
from typing import Final

MODULES: Final = frozenset(
    {"QtCore", "QtGui", "QtWidgets", "QtPdf", "QtPdfWidgets", "QtPrintSupport", "QtSvg"}
)
"""The modules of PySide6 that are installed; a test holds them against what kakanai imports."""

_LIBRARIES: Final = (
    *("Core", "Gui", "Widgets", "Pdf", "PdfWidgets", "PrintSupport", "Svg"),
    *("DBus", "Network", "OpenGL", "XcbQpa", "WaylandClient", "WlShellIntegration"),
)
"""Qt's libraries; those of the second line are only there because others are linked with them."""

_PLUGINS: Final = frozenset(
    {
        "iconengines",
        "imageformats",
        "platforminputcontexts",
        "platforms",
        "platformthemes",
        "printsupport",
        "styles",
        "wayland-decoration-client",
        "wayland-graphics-integration-client",
        "wayland-shell-integration",
        "xcbglintegrations",
    }
)
_NO_PLUGIN: Final = re.compile(
    r"plugins/(?:platforms/(?:lib)?q(?:vnc|eglfs|linuxfb|minimalegl|vkkhrdisplay|direct2d)\b"
    r"|platformthemes/libqgtk3\b|platforminputcontexts/(?:lib)?qtvirtualkeyboard|imageformats/(?:lib)?q(?:pdf|tiff|tga|wbmp|icns)\b)"
)
"""A screen over the network (VNC), displays without a desktop, GTK's looks, formats that nothing reads."""

_LIBRARY: Final = re.compile(r"PySide6/(?:Qt/lib/lib)?Qt6(\w+?)(?:\.so\.6|\.dll)$")
_MODULE: Final = re.compile(r"PySide6/(Qt\w+)\.(?:abi3\.so|pyd|pyi)$")
_FOLDERS: Final = re.compile(
    r"PySide6/(?:Qt/)?(?:qml|metatypes|libexec|include|typesystems|glue|scripts|doc|modules|examples"
    r"|lib/cmake|mkspecs|phrasebooks|QtAsyncio)/"
)
_TOOLS: Final = re.compile(
    r"PySide6/(?:assistant|designer|linguist|lrelease|lupdate|qmlformat|qmllint|qmlls|svgtoqml|uic|rcc"
    r"|qmlimportscanner|qmltyperegistrar|qmlcachegen|balsam|balsamui|qsb)(?:\.exe)?$"
)
_TRANSLATIONS: Final = re.compile(r"PySide6/(?:Qt/)?translations/(?!qt(?:base)?_ja\.qm$)")
_OTHER: Final = re.compile(r"(?:opengl32sw\.dll|\.(?:lib|obj|pyi|prl|pdb)|libpyside6qml\S*|pyside6qml\S*)$")


def is_installed(name: str) -> bool:
    """Whether a file of a wheel, by its path in it, is part of an installed kakanai."""
    if _OTHER.search(name):
        return False
    if not name.startswith("PySide6/"):
        return True
    if library := _LIBRARY.fullmatch(name):
        return library[1] in _LIBRARIES
    if module := _MODULE.fullmatch(name):
        return module[1] in MODULES
    if (parts := name.removeprefix("PySide6/").removeprefix("Qt/").split("/"))[0] == "plugins":
        return parts[1] in _PLUGINS and not _NO_PLUGIN.search(name)
    return not (_FOLDERS.match(name) or _TOOLS.match(name) or _TRANSLATIONS.match(name))
