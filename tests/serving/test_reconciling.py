"""The reconciliation service as it is served: by workers, with the limits that everything else has."""

import json

import httpx


def test_the_service_describes_itself_and_matches(client: httpx.Client) -> None:
    manifest = client.get("reconcile").json()
    assert manifest["versions"] == ["0.2"]
    assert manifest["suggest"]["entity"]["service_url"] == f"{client.base_url}reconcile"
    queries = json.dumps({"q0": {"query": "Jeschow", "type": "Person"}, "q1": {"query": "Ягода"}})
    by_form = client.post("reconcile", data={"queries": queries})
    assert by_form.json()["q0"]["result"][0]["id"] == "person/ezhov"
    assert by_form.json()["q1"]["result"][0]["id"] == "person/iagoda"
    assert client.get("reconcile", params={"queries": queries}).json() == by_form.json()


def test_names_are_suggested_and_shown(client: httpx.Client) -> None:
    found = client.get("reconcile/suggest/entity", params={"prefix": "Ezh"}).json()["result"]
    assert "person/ezhov" in [entry["id"] for entry in found]
    page = client.get("reconcile/preview", params={"id": "person/ezhov"})
    assert page.status_code == 200
    assert "frame-ancestors *" in page.headers["content-security-policy"]


def test_what_is_no_request_is_refused(client: httpx.Client) -> None:
    for queries in ("", "[]", "{", "[" * 20_000, json.dumps({str(i): {"query": "x"} for i in range(99)})):
        assert client.post("reconcile", data={"queries": queries}).status_code == 400
    assert client.post("reconcile", content=b"queries=%ff").status_code == 400
    assert client.post("reconcile", content=b"\xff").status_code == 400
    assert client.post("reconcile", content=b"x" * (2**20 + 1)).status_code == 413
    assert client.get("reconcile/suggest/entity", params={"cursor": "-1"}).status_code == 400
    assert client.get("reconcile/preview", params={"id": "../../etc/passwd"}).status_code == 404
    assert client.get("reconcile/else").status_code == 404
    assert client.put("reconcile").status_code == 405
