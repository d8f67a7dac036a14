"""A page of each kind, for the tests that hold every kind of page: a line here adds one."""

# Of the published site, by what the kind is called; each stands in Russian below ru/ too.
STATIC = {
    "first": "index.html",
    "people": "person/index.html",
    "events": "event/index.html",
    "person": "person/iagoda.html",
    "person outside": "person/orlov-a.html",
    "body": "body/nkvd.html",
    "office": "office/nkvd-commissar.html",
    "place": "place/kiev.html",
    "group": "group/unnamed-voice.html",
    "event": "event/arrest-iagoda.html",
    "event told variously": "event/death-slutskii.html",
    "event with parts": "event/plenum-1937-02.html",
    "imputed act": "imputed/mercury-poisoning.html",
    "alleged body": "alleged/iagoda-conspiracy.html",
    "claim": "ssc/claim/p22s1c.html",
    "claim charged": "ssc/claim/p22s1g.html",
    "claim handed on": "ssc/claim/p28s5e.html",
    "passage": "ssc/passage/p22s1.html",
    "paragraph": "ssc/paragraph/p22.html",
    "footnote": "ssc/note/36.html",
    "source": "ssc/index.html",
    "concept": "concept/arrest.html",
    "bound": "bound/index.html",
    "questions": "questions.html",
    "question": "question/career.html",
    "question with a wide answer": "question/operations.html",
    "search": "search.html?q=Jeschow",
    "timeline": "timeline.html",
    "network": "network.html",
    "map": "map.html",
    "ontology": "ontology.html",
    "stances": "stance.html",
}
# Of the live server alone.
LIVE = {
    "search": "search?q=Jeschow",
    "search without a hit": "search?q=zzzz",
    "answer": "question/career?person=Yezhov",
    "refusal": "question/career?person=Napoleon",
    "nothing": "person/nobody.html",
    "files": "dump/index.html",
}
LANGUAGES = {"en": "", "ru": "ru/"}
