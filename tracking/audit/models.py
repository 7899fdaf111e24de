"""Entries of the audit log, whom each concerns, and where a pruned log begins."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.TextChoices):
    """What is written down. What is only read again within minutes is not written again."""

    LOGGED_IN = "inloggad", _("Logged in")
    LOGGED_OUT = "utloggad", _("Logged out")
    LOG_IN_FAILED = "inloggning_nekad", _("Failed log-in")
    ACCOUNT_CHANGED = "konto_andrat", _("Account changed")
    STAFF_SEEN = "medarbetare_sedda", _("Saw a list of staff")
    PERSON_SEEN = "person_sedd", _("Saw a person's page")
    QUALITY_SEEN = "datakvalitet_sedd", _("Saw a list of people under data quality")
    CERTIFICATE_SEEN = "intyg_sett", _("Saw a certificate")
    STAFF_EXPORTED = "medarbetare_exporterade", _("Exported a list of staff")
    STATUS_EXPORTED = "status_exporterad", _("Exported everybody's status")
    SUMMARY_EXPORTED = "sammanstallning_exporterad", _("Exported a summary")
    STATUS_FETCHED = "status_hamtad", _("Fetched people's status by the API")
    API_KEY_MADE = "api_nyckel_skapad", _("Made an API key")
    API_KEY_REVOKED = "api_nyckel_aterkallad", _("Revoked an API key")
    OWN_DATA_EXPORTED = "egna_uppgifter_exporterade", _("Fetched their own data")
    FILE_IMPORTED = "fil_inlast", _("Imported a file")
    ATTENDANCE_RECORDED = "narvaro_registrerad", _("Recorded attendance")
    ATTENDANCE_WITHDRAWN = "narvaro_aterkallad", _("Took recorded attendance back")
    COMPLETIONS_MATCHED = "genomforanden_matchade", _("Said whose completions of a list are")
    MATCH_UNDONE = "matchning_angrad", _("Took back whose completions are")
    MATCH_DISMISSED = "matchning_avfardad", _("Put rows of a list aside, or took them up again")
    PROOF_HANDED_IN = "intyg_inlamnat", _("Handed in proof of a course")
    PROOF_WITHDRAWN = "intyg_tillbakadraget", _("Withdrew proof of a course")
    PROOF_DECIDED = "intyg_granskat", _("Decided on proof of a course")
    CERTIFICATE_REVOKED = "intyg_aterkallat", _("Revoked a certificate, or took that back")
    TARGET_PUBLISHED = "mal_publicerat", _("Published a knowledge target")
    EXEMPTION_RECORDED = "undantag_registrerat", _("Recorded an exemption")
    EXEMPTION_ENDED = "undantag_avslutat", _("Ended an exemption")
    EXEMPTION_WITHDRAWN = "undantag_aterkallat", _("Withdrew an exemption")
    DEPUTY_NAMED = "stallforetradare_utsedd", _("Named a deputy")
    DEPUTY_ENDED = "stallforetradare_avslutad", _("Ended a deputy's duty")
    IMPORT_UNDONE = "inlasning_angrad", _("Undid an import")
    IMPORT_SEEN = "inlasning_sedd", _("Saw what an import changes")
    BACKUP_TAKEN = "sakerhetskopia_tagen", _("Took a backup of everything")
    RESTORED = "aterstalld", _("Restored a backup")
    COURSE_PUBLISHED = "kurs_publicerad", _("Published a course")
    QUESTION_PUBLISHED = "fraga_publicerad", _("Published a question or a quiz")
    ATTEMPT_REGRADED = "prov_omrattat", _("Graded a quiz again")
    H5P_LIBRARY_APPROVED = "h5p_bibliotek_godkant", _("Approved an H5P library")
    H5P_LIBRARY_BLOCKED = "h5p_bibliotek_sparrat", _("Blocked an H5P library")
    H5P_LIBRARY_UNBLOCKED = "h5p_bibliotek_frislappt", _("Took back the block of an H5P library")
    H5P_CONTENT_DELETED = "h5p_borttaget", _("Deleted H5P content")
    EXTRA_TIME_GIVEN = "mer_tid", _("Gave more time for a quiz")
    REMINDER_SENT = "paminnelse_skickad", _("Reminded people")
    REMINDERS_SEEN = "paminnelser_sedda", _("Saw reminders to people")
    REMINDERS_CHOSEN = "paminnelser_valda", _("Chose which reminders to get")
    REMINDER_RULE_CHANGED = "paminnelseregel_andrad", _("Changed which targets remind")
    MAIL_RETURNED = "mejl_i_retur", _("Mail came back")
    BOUNCES_SEEN = "returer_sedda", _("Saw whose mail comes back")
    ADDRESS_WORKS = "adress_fungerar", _("Said that an e-mail address works")
    RETENTION_APPLIED = "gallrat", _("Disposed of data")
    PERSON_PSEUDONYMISED = "person_pseudonymiserad", _("Made a person anonymous")
    SCORECARD_SIGNED = "styrkort_signerat", _("Signed a scorecard")
    SCORECARD_REOPENED = "styrkort_oppnat", _("Opened a signed scorecard again")
    PERIOD_CLOSED = "period_stangd", _("Closed a reporting period")
    FIGURES_PUBLISHED = "siffror_publicerade", _("Published a period's figures")
    PERIOD_CHANGED = "period_andrad", _("Changed a reporting period")
    UNDERTAKING_CHANGED = "atagande_andrat", _("Changed an undertaking")
    LOG_READ = "logg_last", _("Read the audit log")
    LOG_PRUNED = "logg_gallrad", _("Disposed of the log's oldest part")


class AuditEntry(models.Model):
    """Something that was done, in its place in the chain (tracking.audit.chain).

    The database refuses to change it, and to delete it unless an AuditCheckpoint says so.
    """

    # Without gaps: a missing one is seen.
    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    moment = models.DateTimeField(_("moment"))
    event = models.CharField(_("event"), max_length=40)  # an AuditEvent
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        verbose_name=_("actor"),
    )
    # Of the machine, where somebody worked at its command line.
    account = models.CharField(_("system account"), max_length=64, blank=True)
    unit = models.CharField(_("unit"), max_length=64, blank=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    people = models.PositiveIntegerField(_("people concerned"), default=0)
    content = models.CharField(max_length=64)  # chain.content_hash
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["sequence"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["actor", "moment"], name="audit_actor"),
            models.Index(fields=["moment"], name="audit_moment"),
        ]

    def __str__(self) -> str:
        return f"audit entry {self.sequence}"

    @property
    def event_label(self) -> str:
        """What was done, in words; the code itself of what is no longer written."""
        known = self.event in AuditEvent.values
        return str(AuditEvent(self.event).label) if known else self.event


class AuditSubject(models.Model):
    """A person an entry is about."""

    entry = models.ForeignKey(AuditEntry, on_delete=models.CASCADE, related_name="subjects")
    person = models.ForeignKey(
        "tracking.Person", on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        verbose_name = _("person concerned")
        verbose_name_plural = _("people concerned")
        constraints = [
            # Also the index for "what concerns me".
            models.UniqueConstraint(fields=["person", "entry"], name="audit_subject_once")
        ]

    def __str__(self) -> str:
        return f"person {self.person_id} in entry {self.entry_id}"


class AuditCheckpoint(models.Model):
    """Entries up to this one were disposed of; the chain goes on from its hash."""

    through = models.PositiveBigIntegerField(_("last number"), unique=True)
    hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        ordering = ["through"]
        verbose_name = _("beginning of a pruned log")
        verbose_name_plural = _("beginnings of a pruned log")

    def __str__(self) -> str:
        return f"pruned through {self.through}"
