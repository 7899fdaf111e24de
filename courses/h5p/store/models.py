"""H5P libraries, contents and their versions, and the trees of files they are made of.

The files lie in the default storage below the SHA-256 of the tree they belong to, so the same tree
is there once and never changes (courses.h5p.store.trees). Rows say what they are and who decided.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracking.organisation.models import User

SHA256 = 64
LONGEST_TITLE = 255  # as H5P's own column
# What H5P's question types of before 2020 draw themselves with; nothing of theirs is shown without.
PLAYS_ONLY_WITH_EVAL = frozenset({"EmbeddedJS"})


class Folder(models.TextChoices):
    """Below `h5p/` in the storage."""

    LIBRARIES = "libraries", _("libraries")
    CONTENT = "content", _("content")


class H5PTree(models.Model):
    """Files that belong together. Whole only when `whole_at` says so: written first, marked then.

    `touched_at`: when somebody last had a use for it; what nothing points at goes later.
    """

    folder = models.CharField(max_length=16, choices=Folder.choices)
    sha256 = models.CharField(_("fingerprint"), max_length=SHA256)
    # {path: [size, sha256]}, in the order of the paths.
    files = models.JSONField(_("files"), default=dict)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    # Whose uploads it counts among until its files go; nobody's when the machine brought it.
    brought_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="h5p_trees",
        verbose_name=_("brought in by"),
    )
    touched_at = models.DateTimeField(_("last used"))
    whole_at = models.DateTimeField(_("written"), null=True)

    class Meta:
        verbose_name = _("tree of H5P files")
        verbose_name_plural = _("trees of H5P files")
        constraints = [
            models.UniqueConstraint(fields=["folder", "sha256"], name="h5p_tree_once"),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def address(self) -> str:
        """Where its files begin in the storage."""
        return f"h5p/{self.folder}/{self.sha256}"


class LibraryState(models.TextChoices):
    """What the platform administrator has said of a library."""

    WAITING = "waiting", _("waiting for approval")
    APPROVED = "approved", _("approved")
    BLOCKED = "blocked", _("blocked")


class H5PLibrary(models.Model):
    """A program, of one version and one tree of files. The same version may have come in two trees.

    Only an approved one is ever sent to a browser.
    """

    machine_name = models.CharField(_("machine name"), max_length=255)
    major = models.PositiveIntegerField(_("major version"))
    minor = models.PositiveIntegerField(_("minor version"))
    patch = models.PositiveIntegerField(_("patch"))
    sha256 = models.CharField(_("fingerprint"), max_length=SHA256)
    tree = models.ForeignKey(H5PTree, on_delete=models.PROTECT, related_name="libraries")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=LibraryState.choices, default=LibraryState.WAITING
    )
    needs_eval = models.BooleanField(
        _("may make code of text"),
        default=False,
        help_text=_("Its pages are allowed unsafe-eval. Few libraries need it."),
    )
    runnable = models.BooleanField(_("can be a content of its own"), default=False)
    metadata = models.JSONField(_("library.json"), default=dict)
    # Paths of scripts that seem to make code of text: a hint to the one who decides, no proof.
    mentions_eval = models.JSONField(_("scripts with eval"), default=list)
    size = models.PositiveBigIntegerField(_("size"))
    first_seen_at = models.DateTimeField(_("first seen"))
    brought_in_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("brought in by"),
    )
    origin = models.CharField(_("came in the file"), max_length=255, blank=True)
    decided_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    # Of a blocked one: what trainers whose content needs it are told.
    reason = models.CharField(_("why it is blocked"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("H5P library")
        verbose_name_plural = _("H5P libraries")
        ordering = ["machine_name", "major", "minor", "patch", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["machine_name", "major", "minor", "patch", "sha256"],
                name="h5p_library_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=LibraryState.values), name="h5p_library_state"
            ),
        ]
        indexes = [
            models.Index(fields=["sha256"], name="h5p_library_tree"),
            models.Index(fields=["state", "first_seen_at"], name="h5p_library_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.machine_name} {self.version}"

    @property
    def plays_only_with_eval(self) -> bool:
        """Whether it is known that nothing made with it plays unless it may make code of text."""
        return self.machine_name in PLAYS_ONLY_WITH_EVAL and bool(self.mentions_eval)

    @property
    def name(self) -> str:
        """As content and other libraries ask for it, without the patch."""
        return f"{self.machine_name} {self.major}.{self.minor}"

    @property
    def version(self) -> str:
        """With the patch."""
        return f"{self.major}.{self.minor}.{self.patch}"


class H5PContent(models.Model):
    """Something that plays. What a lesson points at; what it plays is a version of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    # What the files of a module call it; none when it was uploaded.
    key = models.SlugField(_("key"), max_length=200, unique=True, null=True, blank=True)
    current = models.ForeignKey(
        "H5PVersion",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("latest version"),
    )
    created_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    created_at = models.DateTimeField(_("uploaded"))

    class Meta:
        verbose_name = _("H5P content")
        verbose_name_plural = _("H5P contents")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title


class VersionState(models.TextChoices):
    """Whether a version can be played."""

    READY = "ready", _("ready")
    WAITING = "waiting", _("waiting for libraries")


class H5PVersion(models.Model):
    """A package as it was uploaded. It never changes; another upload is another version."""

    wagtail_reference_index_ignore = True  # to have a version is not to use a content

    content = models.ForeignKey(H5PContent, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    sha256 = models.CharField(_("fingerprint"), max_length=SHA256)
    # Of everything in the package: its description, its content and the libraries it brought.
    package_sha256 = models.CharField(_("fingerprint of the package"), max_length=SHA256)
    tree = models.ForeignKey(H5PTree, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    language = models.CharField(_("language"), max_length=32, blank=True)
    main_library = models.CharField(_("type"), max_length=255)  # "Name x.y"
    licence = models.CharField(_("licence"), max_length=255, blank=True)
    metadata = models.JSONField(_("h5p.json"), default=dict)
    size = models.PositiveBigIntegerField(_("size"))
    uploaded_by = models.ForeignKey(
        User,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"))
    file_name = models.CharField(_("file name"), max_length=255, blank=True)
    # Names, "Name x.y", as the three below: those that stand in content.json, in its order.
    named = models.JSONField(_("libraries named in the content"), default=list)
    # Every library it plays with that the store has, in the order they load; those it lacks.
    needs = models.JSONField(_("libraries"), default=list)
    missing = models.JSONField(_("missing libraries"), default=list)
    state = models.CharField(
        _("state"), max_length=16, choices=VersionState.choices, default=VersionState.WAITING
    )
    libraries = models.ManyToManyField(
        H5PLibrary, through="H5PVersionLibrary", related_name="versions"
    )
    brought = models.ManyToManyField(
        H5PLibrary, related_name="brought_by", verbose_name=_("brought these libraries")
    )

    class Meta:
        verbose_name = _("version of H5P content")
        verbose_name_plural = _("versions of H5P content")
        ordering = ["content", "number"]
        constraints = [
            models.UniqueConstraint(fields=["content", "number"], name="h5p_version_number"),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="h5p_version_state"
            ),
        ]
        indexes = [
            models.Index(fields=["package_sha256"], name="h5p_version_package"),
            models.Index(fields=["state"], name="h5p_version_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"


class H5PVersionLibrary(models.Model):
    """A library that a version plays with, in its place in the order they load.

    Pinned once the version is ready. Of one that waits: those the store has so far, approved or
    not.
    """

    wagtail_reference_index_ignore = True

    version = models.ForeignKey(H5PVersion, on_delete=models.CASCADE, related_name="pins")
    library = models.ForeignKey(H5PLibrary, on_delete=models.PROTECT, related_name="pins")
    position = models.PositiveIntegerField(_("place in the order of loading"))

    class Meta:
        verbose_name = _("library of a version")
        verbose_name_plural = _("libraries of a version")
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="h5p_pin_position"),
            models.UniqueConstraint(fields=["version", "library"], name="h5p_pin_library"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.library_id}"
