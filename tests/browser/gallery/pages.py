"""Which addresses are pictured as whom, and which are printed."""

COURSE = "/kurser/freda/"
LESSON = f"{COURSE}varfor-fraga/"
GROUPS = ("frame", "way", "acting", "forms", "saying", "standing", "tables", "reading")
# Role → addresses; "" is who is not signed in.
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/logga-in/",
        "/lamna/",
        "/tillganglighet/",
        "/tillganglighet/brist/",
    ),
    "medarbetare": (
        "/min-utbildning/",
        "/kurser/",
        COURSE,
        "/konto/",
        "/konto/losenord/",
        "/mina-uppgifter/",
        "/jobb/",
        "/medarbetare/",
        "/finns-inte/",
    ),
    "enhetschef": (
        "/medarbetare/",
        "/medarbetare/?namn=ingen-heter-s%C3%A5",
        "/medarbetare/?datum=i-maj",
        "/medarbetare/?datum=2025-06-30",
        "/uppfoljning/jamforelse/?mal=K01-GRUND",
        "/uppfoljning/jamforelse/personer/?mal=K01-GRUND&orsak=genomford",
    ),
    "stadsdelschef": ("/medarbetare/?sida=2",),
    "faltchef": ("/medarbetare/",),
    "stallforetradare": ("/medarbetare/",),
    "utforarchef": ("/medarbetare/",),
    "nyckelperson": ("/uppfoljning/", "/uppfoljning/jamforelse/"),
    "revisor": ("/granskningslogg/", "/granskningslogg/?fran=i-maj", "/uppfoljning/"),
    "samordnare": (
        "/uppfoljning/",
        "/uppfoljning/?datum=2023-06-30&kand=2023-06-30",
        "/uppfoljning/mal/?mal=K05-FRAGA",
        "/uppfoljning/jamforelse/",
        "/uppfoljning/?datum=i-maj",
        "/inlasning/",
        "/komponenter/",
        *(f"/komponenter/{one}/" for one in GROUPS),
    ),
    "utbildare": (
        "/admin/",
        "/admin/pages/5/",
        "/admin/pages/6/edit/",
        "/admin/pages/6/history/",
        "/admin/snippets/quizzes/question/",
        "/admin/snippets/quizzes/quiz/",
        "/admin/snippets/courses/supportinformation/",
        "/admin/images/",
        "/admin/reports/locked/",
        "/admin/finns-inte/",
        "/admin/users/",
        "/admin/failwhale/",
    ),
}

PAPER: dict[str, tuple[str, ...]] = {
    "": ("/tillganglighet/",),
    "medarbetare": (
        "/min-utbildning/",
        COURSE,
        f"{LESSON}2/",
        f"{COURSE}fraga-tryggt/4/",
        "/mina-uppgifter/",
        "/mina-uppgifter/vem-har-sett/",
    ),
    "enhetschef": ("/medarbetare/",),
    "stadsdelschef": ("/medarbetare/",),
    "nyckelperson": ("/uppfoljning/",),
    "samordnare": ("/uppfoljning/", "/uppfoljning/mal/?mal=K05-FRAGA"),
    "revisor": ("/granskningslogg/",),
}
