"""Names in any spelling."""

import pytest

from narkom.asking.names import resolve, skeleton
from narkom.asking.questions import Parameter
from narkom.errors import UsageError

PERSON = Parameter("person", "person", "", "")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ezhov", "ezhov"), ("person:ezhov", "ezhov"), ("https://w3id.org/narkom/person/ezhov", "ezhov"),
        ("Yezhov", "ezhov"), ("Ežov", "ezhov"), ("Jeshow", "ezhov"), ("Ежов", "ezhov"), ("EZHOV", "ezhov"),
        ("Yagoda", "iagoda"), ("Jagoda", "iagoda"), ("Ягода", "iagoda"), ("Tukhachevsky", "tukhachevskii"),
        ("Tuchatschewski", "tukhachevskii"), ("Tuchačevskij", "tukhachevskii"), ("Тухачевский", "tukhachevskii"),
        ("Shpigelglas", "shpigelglaz"), ("Dukelsky", "dukelskii"), ("Wyschinski", "vyshinskii"),
        ("Woroschilow", "voroshilov"), ("Frinovsky", "frinovskii"),
    ],
)  # fmt: skip
def test_a_person_is_found_in_any_romanisation(store, typed, name):
    assert resolve(store, PERSON, typed) == f"<https://w3id.org/narkom/person/{name}>"


def test_an_unknown_person_is_answered_with_the_nearest(store):
    with pytest.raises(UsageError, match="Nearest: person:ezhov"):
        resolve(store, PERSON, "Jeschoff")


def test_an_ambiguous_name_is_not_guessed(store):
    with pytest.raises(UsageError, match=r"more than one fits: person:orlov-a, person:orlov-a-g"):
        resolve(store, PERSON, "Orlow")


def test_different_names_stay_different():
    assert len({skeleton(name) for name in ("Medvedev", "Medved'", "Molotov", "Molchanov", "Mironov")}) == 5


@pytest.mark.parametrize(
    ("kind", "typed", "term"),
    [
        ("date", "1937-03-29", '"1937-03-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "36", "36"),
        ("note", "36", "<https://w3id.org/narkom/note/36>"),
        ("claim", "p22s1c", "<https://w3id.org/narkom/claim/p22s1c>"),
        ("text", 'a "quoted" word', '"a \\"quoted\\" word"'),
    ],
)
def test_other_kinds_are_written_as_terms(store, kind, typed, term):
    assert resolve(store, Parameter("x", kind, "", ""), typed) == term


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("date", "1937-02-30"),
        ("date", "March"),
        ("integer", "many"),
        ("note", "113"),
        ("claim", "p22s1zz"),
        ("note", "<x>"),
    ],
)
def test_ill_typed_values_are_refused(store, kind, typed):
    with pytest.raises(UsageError, match="x="):
        resolve(store, Parameter("x", kind, "", ""), typed)


def test_a_value_outside_the_allowed_ones_is_refused(store):
    with pytest.raises(UsageError, match="choose one of a, b"):
        resolve(store, Parameter("x", "text", "", "", ("a", "b")), "c")
