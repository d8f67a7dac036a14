"""Write the report on every invalid fixture beside it, to be read and approved: python tests/shapes/approve.py."""

from fixtures import HERE, report

if __name__ == "__main__":
    for path in sorted(HERE.glob("*/invalid.*.trig")):
        path.with_suffix(".report.txt").write_text(report(path, path.parent.name), encoding="utf-8")
