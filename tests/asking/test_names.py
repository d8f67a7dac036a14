"""Names in any spelling."""

import pytest

from narkom.asking.likeness import skeleton
from narkom.asking.names import resolve
from narkom.asking.questions import ALL, Parameter, find_question
from narkom.config import find_root
from narkom.errors import UsageError

PERSON = Parameter("person", ("person",), "", "")


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
    with pytest.raises(
        UsageError, match=r"more than one fits: person:orlov-a \(A. Orlov, А. Орлов\), person:orlov-a-g \("
    ):
        resolve(store, PERSON, "Orlow")


@pytest.mark.parametrize("typed", ["Orlov", "Orlow", "Орлов", "orlov"])
def test_a_surname_that_two_bear_is_not_guessed_however_one_of_them_is_written(store, typed):
    with pytest.raises(UsageError, match="more than one fits"):
        resolve(store, PERSON, typed)


def test_one_of_two_bearers_can_be_told_apart(store):
    for typed in ("A. G. Orlov", "orlov-a-g", "person:orlov-a-g"):
        assert resolve(store, PERSON, typed) == "<https://w3id.org/narkom/person/orlov-a-g>"


@pytest.mark.parametrize("typed", ["Yezov", "Ezov", "Ejov", "Эзов", "Nikolai Yezov", "Jezhoff"])
def test_a_misspelt_name_is_answered_with_the_likeliest_in_both_scripts(store, typed):
    with pytest.raises(UsageError, match=r"Nearest: person:ezhov \(Ezhov, Николай Иванович Ежов\)"):
        resolve(store, PERSON, typed)


@pytest.mark.parametrize(
    ("kinds", "typed", "told"),
    [
        (("person",), "NKVD", "body:nkvd is a body; here a person is wanted"),
        (("body", "office"), "Ezhov", "person:ezhov is a person; here a body or office is wanted"),
        (("event",), "Ezhov", "person:ezhov is a person; here an event is wanted"),
        (("event",), "nothing", "there is no such event."),
        (("person",), "Napoleon", "no person of that name is registered."),
    ],
)
def test_a_refusal_says_what_is_true(store, kinds, typed, told):
    with pytest.raises(UsageError) as refused:
        resolve(store, Parameter("x", kinds, "", ""), typed)
    assert refused.value.lines[0].startswith(f"x={typed}: {told}")


@pytest.mark.parametrize(
    ("question", "parameter", "typed"),
    [
        ("appointed-by", "actor", "Ezhov"), ("decisions-of", "body", "Stalin"), ("on-the-word-of", "voice", "NKVD"),
        ("figures-for", "population", "NKVD"), ("requests", "asker", "Politburo"), ("backed-by", "person", "Politburo"),
        ("opinions-of", "person", "NKVD"), ("charges", "accused", "Politburo"),
    ],
)  # fmt: skip
def test_a_parameter_takes_each_kind_that_its_question_can_answer(store, question, parameter, typed):
    its = next(p for p in find_question(find_root(), question).parameters if p.name == parameter)
    assert resolve(store, its, typed).startswith("<https://w3id.org/narkom/")


def test_all_stands_for_everything_where_it_is_the_default(store):
    assert resolve(store, Parameter("paragraph", ("integer",), "", ALL), "all") == ALL
    with pytest.raises(UsageError):
        resolve(store, Parameter("paragraph", ("integer",), "", "3"), "all")


def test_different_names_stay_different():
    assert len({skeleton(name) for name in ("Medvedev", "Medved'", "Molotov", "Molchanov", "Mironov")}) == 5


@pytest.mark.parametrize(
    ("kind", "typed", "term"),
    [
        ("date", "1937-03-29", '"1937-03-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("integer", "36", "36"),
        ("note", "36", "<https://w3id.org/narkom/ssc/note/36>"),
        ("claim", "p22s1c", "<https://w3id.org/narkom/ssc/claim/p22s1c>"),
        ("text", 'a "quoted" word', '"a \\"quoted\\" word"'),
    ],
)
def test_other_kinds_are_written_as_terms(store, kind, typed, term):
    assert resolve(store, Parameter("x", (kind,), "", ""), typed) == term


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
        resolve(store, Parameter("x", (kind,), "", ""), typed)


def test_a_value_outside_the_allowed_ones_is_refused(store):
    with pytest.raises(UsageError, match="choose one of a, b"):
        resolve(store, Parameter("x", ("text",), "", "", ("a", "b")), "c")
