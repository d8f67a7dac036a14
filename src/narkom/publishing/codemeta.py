"""codemeta.json: the software described from the metadata it is installed with."""

import json
from importlib.metadata import metadata

from narkom.publishing.provenance import CONTRIBUTORS, CONTRIBUTORS_NAME


def codemeta() -> bytes:
    """Return the description as JSON-LD of CodeMeta 3.0, UTF-8, the same bytes for one version."""
    its = metadata("narkom")
    described = {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": its["Name"],
        "version": its["Version"],
        "description": its["Summary"],
        "license": [f"https://spdx.org/licenses/{one}" for one in its["License-Expression"].split(" AND ")],
        "keywords": sorted(word.strip() for word in its["Keywords"].split(",")),
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {its['Requires-Python']}",
        "softwareRequirements": sorted(_requirements(its)),
        "author": [{"@type": "Organization", "@id": CONTRIBUTORS.value, "name": CONTRIBUTORS_NAME}],
    }
    return json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"


def _requirements(its) -> list[str]:
    """Return what is always required; what an extra asks for is left out."""
    return [one for one in its.get_all("Requires-Dist") or [] if "extra ==" not in one]
