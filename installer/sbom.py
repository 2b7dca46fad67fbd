"""The parts list (SBOM) of an installer, as CycloneDX 1.6 JSON: packages, interpreter, fonts, data.

Source:
    Given: CycloneDX 1.6 (ECMA-424): names of the fields, what must be there, form of a serial number.
"""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

SPEC: Final = "1.6"
_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_DNS, "kakanai.parts")


@dataclass(frozen=True)
class Part:
    """One thing that is installed, or that is inside another.

    `kind` is CycloneDX's word: library, platform, file, data, application. `sha256` is that of the file as it
    was obtained; what is inside another file has none.
    """

    kind: str
    name: str
    version: str
    licence: str
    sha256: str = ""
    purl: str = ""
    file_name: str = ""
    note: str = ""
    inside: tuple["Part", ...] = field(default=())

    @property
    def ref(self) -> str:
        """The name by which other parts speak of this one."""
        return self.purl or f"{self.kind}:{self.name}@{self.version}"


def parts_list(product: Part, parts: Sequence[Part], epoch: int) -> dict[str, Any]:
    """The document; the same parts at the same time make the same document."""
    components = [_component(part) for part in sorted(parts, key=lambda p: (p.kind, p.name))]
    refs = [component["bom-ref"] for component in components]
    document: dict[str, Any] = {
        "$schema": f"http://cyclonedx.org/schema/bom-{SPEC}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": SPEC,
        "version": 1,
        "metadata": {
            "timestamp": dt.datetime.fromtimestamp(epoch, dt.UTC).isoformat(),
            "component": _component(product),
        },
        "components": components,
        "dependencies": [{"ref": product.ref, "dependsOn": refs}, *({"ref": ref} for ref in refs)],
    }
    serial = uuid.uuid5(_NAMESPACE, json.dumps(document, sort_keys=True))
    return {**document, "serialNumber": f"urn:uuid:{serial}"}


def as_text(document: dict[str, Any]) -> str:
    """The document as it is written into a file."""
    return json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _component(part: Part) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": part.kind,
        "bom-ref": part.ref,
        "name": part.name,
        "version": part.version,
        "licenses": [_licence(part.licence)],
    }
    if part.sha256:
        component["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
    if part.purl:
        component["purl"] = part.purl
    if part.note:
        component["description"] = part.note
    if part.file_name:
        component["properties"] = [{"name": "kakanai:file", "value": part.file_name}]
    if part.inside:
        component["components"] = [_component(one) for one in part.inside]
    return component


def _licence(expression: str) -> dict[str, Any]:
    """An expression where several are joined, else the one identifier, or a name that SPDX does not list."""
    if " " in expression:
        return {"expression": expression}
    if expression.startswith("LicenseRef-"):
        return {"license": {"name": expression.removeprefix("LicenseRef-")}}
    return {"license": {"id": expression}}
