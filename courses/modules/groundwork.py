"""What must stand before a course can: the site's tree, and those who write courses."""

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext, override
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from courses.h5p.store.models import H5PContent
from courses.pages.models import CatalogueIndexPage, SupportInformation
from courses.pages.translated import SOURCE
from courses.sources.models import LegalReference, Source
from quizzes.bank.models import Question, Quiz

CATALOGUE_SLUG = "kurser"
CATALOGUE_TITLE = "Kurser"
ROOT_TITLE = "Kompetens mot våld"
TRAINERS_GROUP = "Utbildare"
LOCAL_TRAINERS_GROUP = "Lokala utbildare"
WORKFLOW_NAME = "Granskning"


def lay_groundwork() -> CatalogueIndexPage:
    """The catalogue at /kurser/, with trainers who may write below it. Changes nothing twice."""
    Locale.objects.get_or_create(language_code=SOURCE)
    catalogue = _catalogue()
    _let_trainers_in(catalogue)
    _let_districts_write()
    _let_trainers_film()
    _let_trainers_bring_h5p()
    for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        if code != SOURCE:
            _let_trainers_translate(_catalogue_in(code, catalogue))
    return catalogue


def _catalogue_in(code: str, catalogue: CatalogueIndexPage) -> CatalogueIndexPage:
    """The tree of another language: its root, and a catalogue for translations to stand in."""
    locale, _created = Locale.objects.get_or_create(language_code=code)
    found: CatalogueIndexPage | None = catalogue.get_translation_or_none(locale)
    if found:
        return found
    root = catalogue.get_parent()
    if not root.has_translation(locale):
        root.copy_for_translation(locale).save_revision().publish()
    page: CatalogueIndexPage = catalogue.copy_for_translation(locale)
    with override(code):
        page.title = page.draft_title = gettext("Courses")
    page.save_revision().publish()
    page.refresh_from_db()
    Site.clear_site_root_paths_cache()
    return page


def _let_trainers_translate(catalogue: CatalogueIndexPage) -> None:
    """As in the source's catalogue, and once: an administrator may change it afterwards."""
    group = Group.objects.get(name=TRAINERS_GROUP)
    if GroupPagePermission.objects.filter(group=group, page=catalogue).exists():
        return
    _may_write_below(group, catalogue)
    group.permissions.add(
        Permission.objects.get(
            content_type__app_label="wagtail_localize", codename="submit_translation"
        )
    )
    workflow = Workflow.objects.filter(name=WORKFLOW_NAME).first()
    if workflow:
        WorkflowPage.objects.get_or_create(page=catalogue, defaults={"workflow": workflow})


def _may_write_below(group: Group, catalogue: CatalogueIndexPage) -> None:
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.create(group=group, page=catalogue, permission=permission)


def _catalogue() -> CatalogueIndexPage:
    here = CatalogueIndexPage.objects.filter(locale__language_code=SOURCE)
    found: CatalogueIndexPage | None = here.first()
    if found:
        return found
    root = site_root()
    page = CatalogueIndexPage(title=CATALOGUE_TITLE, slug=CATALOGUE_SLUG, show_in_menus=True)
    root.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def site_root() -> Page:
    """The page above the catalogue: "/" itself belongs to the start page of each role."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site and not _is_welcome(site.root_page):
        root: Page = site.root_page
        return root
    tree = Page.get_first_root_node()
    root = tree.add_child(instance=Page(title=ROOT_TITLE, slug="start"))
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=root, is_default_site=True, site_name=ROOT_TITLE
        )
        return root
    welcome = site.root_page
    site.root_page, site.site_name = root, ROOT_TITLE
    site.save()
    welcome.refresh_from_db()
    welcome.delete()
    root.refresh_from_db()
    return root


def _is_welcome(page: Page) -> bool:
    """The page Wagtail brings along, as long as nobody has made it their own."""
    return page.specific_class is Page and page.slug == "home" and page.is_leaf()


def _let_trainers_in(catalogue: CatalogueIndexPage) -> None:
    """The group and its rights, given once: an administrator may change them afterwards."""
    group, _created = Group.objects.get_or_create(name=TRAINERS_GROUP)
    if GroupPagePermission.objects.filter(group=group, page=catalogue).exists():
        return
    group.permissions.add(
        Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    )
    _may_write_below(group, catalogue)
    collection = Collection.get_first_root_node()
    for codename in ("add_image", "change_image", "choose_image"):
        permission = Permission.objects.get(
            content_type=ContentType.objects.get_for_model(get_image_model()), codename=codename
        )
        GroupCollectionPermission.objects.create(
            group=group, collection=collection, permission=permission
        )
    for model in (Question, Quiz, SupportInformation):
        content_type = ContentType.objects.get_for_model(model)
        group.permissions.add(
            *Permission.objects.filter(content_type=content_type).exclude(
                codename__startswith="delete_"
            )
        )
    group.permissions.add(
        Permission.objects.get(content_type__app_label="quizzes", codename="add_extratime")
    )
    _lay_review(group, catalogue)


def let_trainers_keep_sources() -> None:
    """Sources and laws are theirs too; given once, along with the first laws."""
    group = Group.objects.filter(name=TRAINERS_GROUP).first()
    if group is None:
        return
    for model in (Source, LegalReference):
        content_type = ContentType.objects.get_for_model(model)
        group.permissions.add(*Permission.objects.filter(content_type=content_type))


def _let_districts_write() -> None:
    """Who may write what their own district does: trainers, and a district's own trainer."""
    local, _created = Group.objects.get_or_create(name=LOCAL_TRAINERS_GROUP)
    if local.permissions.exists():
        return  # given once; an administrator may change it afterwards
    permission = Permission.objects.get(content_type__app_label="courses", codename="add_localnote")
    for group in (local, Group.objects.get(name=TRAINERS_GROUP)):
        group.permissions.add(permission)


def _let_trainers_film() -> None:
    """Film, sound and captions are documents; given once."""
    group = Group.objects.get(name=TRAINERS_GROUP)
    there = GroupCollectionPermission.objects.filter(
        group=group, permission__codename="add_document"
    )
    if there.exists():
        return
    for codename in ("add_document", "change_document", "choose_document"):
        permission = Permission.objects.get(
            content_type=ContentType.objects.get_for_model(get_document_model()), codename=codename
        )
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )


def _let_trainers_bring_h5p() -> None:
    """Content is theirs to upload, replace and delete; libraries are let in by nobody but the
    platform's administrator. Given once."""
    group = Group.objects.get(name=TRAINERS_GROUP)
    if group.permissions.filter(codename="add_h5pcontent").exists():
        return
    content_type = ContentType.objects.get_for_model(H5PContent)
    group.permissions.add(*Permission.objects.filter(content_type=content_type))


def _lay_review(group: Group, catalogue: CatalogueIndexPage) -> None:
    """Draft, review, published: a second trainer reads what the first has written."""
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    if created:
        task = GroupApprovalTask.objects.create(name=WORKFLOW_NAME)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.get_or_create(page=catalogue, defaults={"workflow": workflow})
    for model in (Question, Quiz):
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )
