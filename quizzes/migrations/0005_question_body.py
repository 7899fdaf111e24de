"""A question holds one block of its type, and its published wordings are kept as versions."""

import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("quizzes", "0004_kept_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="question",
            name="body",
            field=wagtail.fields.StreamField(
                [
                    ("single", 5),
                    ("multiple", 7),
                    ("true_false", 11),
                    ("matching", 20),
                    ("ordering", 24),
                    ("gap_choice", 29),
                    ("gap_typed", 36),
                    ("categorise", 43),
                    ("case", 53),
                ],
                block_lookup={
                    0: ("wagtail.blocks.CharBlock", (), {"label": "Text", "max_length": 400}),
                    1: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {"label": "Right answer", "required": False},
                    ),
                    2: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Shown to whoever chose this option: why it is right or wrong.",
                            "label": "Feedback",
                            "required": False,
                            "rows": 2,
                        },
                    ),
                    3: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 0), ("correct", 1), ("feedback", 2)]],
                        {"label": "Option"},
                    ),
                    4: (
                        "wagtail.blocks.ListBlock",
                        (3,),
                        {"label": "Options", "max_num": 10, "min_num": 2},
                    ),
                    5: (
                        "wagtail.blocks.StructBlock",
                        [[("options", 4)]],
                        {
                            "collapsed": False,
                            "description": "Choose one answer.",
                            "icon": "radio-full",
                            "label": "One right answer",
                        },
                    ),
                    6: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("all_or_nothing", "all or nothing"),
                                ("per_part", "each part counts for itself"),
                                ("right_minus_wrong", "right minus wrong, never below zero"),
                            ],
                            "label": "Points for an answer that is right in part",
                        },
                    ),
                    7: (
                        "wagtail.blocks.StructBlock",
                        [[("options", 4), ("rule", 6)]],
                        {
                            "collapsed": False,
                            "description": "Choose all that are right.",
                            "icon": "check",
                            "label": "Several right answers",
                        },
                    ),
                    8: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [("true", "true"), ("false", "false")],
                            "label": "The statement is",
                        },
                    ),
                    9: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"default": "Sant", "label": "What “true” is called", "max_length": 400},
                    ),
                    10: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"default": "Falskt", "label": "What “false” is called", "max_length": 400},
                    ),
                    11: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("correct", 8),
                                ("true_word", 9),
                                ("true_feedback", 2),
                                ("false_word", 10),
                                ("false_feedback", 2),
                            ]
                        ],
                        {
                            "collapsed": False,
                            "description": "Is it true or false?",
                            "icon": "tick-inverse",
                            "label": "True or false",
                        },
                    ),
                    12: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "On the left", "max_length": 400},
                    ),
                    13: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "Belongs to it", "max_length": 400},
                    ),
                    14: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Shown after the answer: why it is right or wrong.",
                            "label": "Feedback",
                            "required": False,
                            "rows": 2,
                        },
                    ),
                    15: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 12), ("match", 13), ("feedback", 14)]],
                        {"label": "Pair"},
                    ),
                    16: (
                        "wagtail.blocks.ListBlock",
                        (15,),
                        {"label": "Pairs", "max_num": 12, "min_num": 2},
                    ),
                    17: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "On the right", "max_length": 400},
                    ),
                    18: (
                        "wagtail.blocks.ListBlock",
                        (17,),
                        {
                            "default": [],
                            "help_text": "Things on the right that belong to nothing.",
                            "label": "More to choose among",
                            "max_num": 8,
                            "min_num": 0,
                        },
                    ),
                    19: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("per_part", "each part counts for itself"),
                                ("all_or_nothing", "all or nothing"),
                                ("right_minus_wrong", "right minus wrong, never below zero"),
                            ],
                            "label": "Points for an answer that is right in part",
                        },
                    ),
                    20: (
                        "wagtail.blocks.StructBlock",
                        [[("pairs", 16), ("distractors", 18), ("rule", 19)]],
                        {
                            "collapsed": False,
                            "description": "Choose what belongs to each.",
                            "icon": "link",
                            "label": "Match",
                        },
                    ),
                    21: ("wagtail.blocks.CharBlock", (), {"label": "Step", "max_length": 400}),
                    22: (
                        "wagtail.blocks.ListBlock",
                        (21,),
                        {
                            "help_text": "In their right order. They are shown in another.",
                            "label": "Steps",
                            "max_num": 12,
                            "min_num": 2,
                        },
                    ),
                    23: (
                        "wagtail.blocks.ChoiceBlock",
                        [],
                        {
                            "choices": [
                                ("per_part", "each part counts for itself"),
                                ("all_or_nothing", "all or nothing"),
                            ],
                            "label": "Points for an answer that is right in part",
                        },
                    ),
                    24: (
                        "wagtail.blocks.StructBlock",
                        [[("steps", 22), ("rule", 23)]],
                        {
                            "collapsed": False,
                            "description": "Put the steps in order.",
                            "icon": "list-ol",
                            "label": "Put in order",
                        },
                    ),
                    25: (
                        "wagtail.blocks.TextBlock",
                        (),
                        {
                            "help_text": "Write [[1]] where the first gap is, [[2]] where the second is, and so on.",
                            "label": "The text",
                            "rows": 5,
                        },
                    ),
                    26: (
                        "wagtail.blocks.ListBlock",
                        (3,),
                        {"label": "Options", "max_num": 6, "min_num": 2},
                    ),
                    27: ("wagtail.blocks.StructBlock", [[("options", 26)]], {"label": "Gap"}),
                    28: (
                        "wagtail.blocks.ListBlock",
                        (27,),
                        {"label": "Gaps", "max_num": 12, "min_num": 1},
                    ),
                    29: (
                        "wagtail.blocks.StructBlock",
                        [[("passage", 25), ("gaps", 28), ("rule", 19)]],
                        {
                            "collapsed": False,
                            "description": "Choose what fits in each gap.",
                            "icon": "form",
                            "label": "Gaps with words to choose",
                        },
                    ),
                    30: ("wagtail.blocks.CharBlock", (), {"label": "Word", "max_length": 200}),
                    31: (
                        "wagtail.blocks.ListBlock",
                        (30,),
                        {
                            "help_text": "The first is shown as the right answer.",
                            "label": "What is accepted",
                            "max_num": 20,
                            "min_num": 1,
                        },
                    ),
                    32: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {
                            "default": True,
                            "label": "Capital and small letters are the same",
                            "required": False,
                        },
                    ),
                    33: (
                        "wagtail.blocks.BooleanBlock",
                        (),
                        {
                            "help_text": "“Ide” is as good as “idé”. The last three letters of the Swedish alphabet are letters of their own, and are not forgiven.",
                            "label": "Accents are forgiven",
                            "required": False,
                        },
                    ),
                    34: (
                        "wagtail.blocks.StructBlock",
                        [
                            [
                                ("accepted", 31),
                                ("ignore_case", 32),
                                ("ignore_accents", 33),
                                ("feedback", 14),
                            ]
                        ],
                        {"label": "Gap"},
                    ),
                    35: (
                        "wagtail.blocks.ListBlock",
                        (34,),
                        {"label": "Gaps", "max_num": 12, "min_num": 1},
                    ),
                    36: (
                        "wagtail.blocks.StructBlock",
                        [[("passage", 25), ("gaps", 35), ("rule", 19)]],
                        {
                            "collapsed": False,
                            "description": "Type what fits in each gap.",
                            "icon": "edit",
                            "label": "Gaps to type in",
                        },
                    ),
                    37: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "The group's name", "max_length": 400},
                    ),
                    38: ("wagtail.blocks.CharBlock", (), {"label": "Case", "max_length": 400}),
                    39: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 38), ("feedback", 14)]],
                        {"label": "Case"},
                    ),
                    40: (
                        "wagtail.blocks.ListBlock",
                        (39,),
                        {"label": "Cases that belong here", "max_num": 12, "min_num": 0},
                    ),
                    41: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 37), ("cases", 40)]],
                        {"label": "Group"},
                    ),
                    42: (
                        "wagtail.blocks.ListBlock",
                        (41,),
                        {
                            "help_text": "The cases of all groups are shown mixed.",
                            "label": "Groups",
                            "max_num": 6,
                            "min_num": 2,
                        },
                    ),
                    43: (
                        "wagtail.blocks.StructBlock",
                        [[("groups", 42), ("rule", 19)]],
                        {
                            "collapsed": False,
                            "description": "Choose a group for each.",
                            "icon": "folder-open-inverse",
                            "label": "Place in groups",
                        },
                    ),
                    44: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "For you, and for choices that lead here.",
                            "label": "The step's name",
                            "max_length": 40,
                        },
                    ),
                    45: ("wagtail.blocks.TextBlock", (), {"label": "What has happened", "rows": 4}),
                    46: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {"label": "What can be chosen", "max_length": 400},
                    ),
                    47: (
                        "wagtail.blocks.IntegerBlock",
                        (),
                        {
                            "default": 0,
                            "label": "Points, 0 to 100",
                            "max_value": 100,
                            "min_value": 0,
                        },
                    ),
                    48: (
                        "wagtail.blocks.CharBlock",
                        (),
                        {
                            "help_text": "The step's name. Empty: the case ends here.",
                            "label": "Leads to the step",
                            "max_length": 40,
                            "required": False,
                        },
                    ),
                    49: (
                        "wagtail.blocks.StructBlock",
                        [[("text", 46), ("points", 47), ("feedback", 14), ("next", 48)]],
                        {"label": "Choice"},
                    ),
                    50: (
                        "wagtail.blocks.ListBlock",
                        (49,),
                        {"label": "Choices", "max_num": 6, "min_num": 2},
                    ),
                    51: (
                        "wagtail.blocks.StructBlock",
                        [[("name", 44), ("text", 45), ("options", 50)]],
                        {"label": "Step"},
                    ),
                    52: (
                        "wagtail.blocks.ListBlock",
                        (51,),
                        {
                            "help_text": "The case begins with the first step. The points along a path are added up, and the best path gives the full score.",
                            "label": "Steps",
                            "max_num": 30,
                            "min_num": 1,
                        },
                    ),
                    53: (
                        "wagtail.blocks.StructBlock",
                        [[("steps", 52)]],
                        {
                            "collapsed": False,
                            "description": "Choose step by step. What you choose decides what happens next.",
                            "icon": "redirect",
                            "label": "Case in steps",
                        },
                    ),
                },
                default=[],
                help_text="Choose one type. The text above is shown first, whatever the type.",
                verbose_name="how it is answered",
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="question",
            name="kind",
            field=models.CharField(
                choices=[
                    ("single", "One right answer"),
                    ("multiple", "Several right answers"),
                    ("true_false", "True or false"),
                    ("matching", "Match"),
                    ("ordering", "Put in order"),
                    ("gap_choice", "Gaps with words to choose"),
                    ("gap_typed", "Gaps to type in"),
                    ("categorise", "Place in groups"),
                    ("case", "Case in steps"),
                ],
                editable=False,
                max_length=20,
                verbose_name="type",
            ),
        ),
        migrations.CreateModel(
            name="QuestionVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("question_key", models.SlugField(max_length=80, verbose_name="question")),
                ("digest", models.CharField(max_length=64, verbose_name="version")),
                ("content", models.JSONField(verbose_name="content")),
                ("made_at", models.DateTimeField(verbose_name="first published")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a question",
                "verbose_name_plural": "versions of questions",
                "ordering": ["question_key", "made_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("question_key", "digest"), name="question_version_once"
                    )
                ],
            },
        ),
    ]
