"""What H5P's core says by itself, in the reader's language. Our own words for its keys.

Read when the page is made, so that they follow the language that is active then.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courses.h5p.results.requirements import Kind, Requirement


def demand_of(requirement: Requirement) -> str:
    """What a reader has to do with a content in a lesson; "" where nothing is demanded."""
    match requirement.kind:
        case Kind.SHOWN:
            return ""
        case Kind.OPENED:
            return _("Open it: the lesson counts as read when you have.")
        case Kind.FINISHED:
            return _("Do it to the end: the lesson counts as read when you have.")
        case Kind.SCORE:
            return _("Reach at least %(percent)d %%: the lesson counts as read when you have.") % {
                "percent": requirement.percent or 100
            }


def core_words() -> dict[str, str]:
    """Every key that H5P's core asks for while it plays."""
    return _doing() | _offline() | _rights() | _licences()


def _doing() -> dict[str, str]:
    return {
        "fullscreen": _("Full screen"),
        "disableFullscreen": _("Leave full screen"),
        "close": pgettext("button", "Close"),
        "cancelLabel": _("Cancel"),
        "confirmLabel": pgettext("button", "Yes, go on"),
        "confirmDialogHeader": _("Are you sure?"),
        "confirmDialogBody": _("This can't be undone."),
        "contentChanged": _("The content has been changed since you were here."),
        "startingOver": _("You begin from the start."),
        "showMore": _("Show more"),
        "showLess": _("Show less"),
        "contentCopied": _("Copied."),
        "subLevel": pgettext("of a list", "Level below"),
        "changes": _("Changes"),
    }


def _offline() -> dict[str, str]:
    lost = _("No network just now. What you do is kept and sent when it is back.")
    return {
        "connectionLost": lost,
        "offlineDialogHeader": _("No network just now"),
        "offlineDialogBody": lost,
        "offlineDialogRetryMessage": _("Trying again in :num seconds."),
        "offlineDialogRetryButtonLabel": _("Try again now"),
        "connectionReestablished": _("The network is back."),
        "offlineSuccessfulSubmit": _("Sent."),
        "resubmitScores": _("Trying to send what was kept."),
    }


def _rights() -> dict[str, str]:
    """Of buttons that are not shown, but that libraries may name."""
    rights = _("Rights of use")
    return {
        "copyrights": rights,
        "copyrightInformation": rights,
        "copyrightsDescription": rights,
        "noCopyrights": _("Nothing is said of rights."),
        "reuse": _("Reuse"),
        "reuseContent": _("Reuse"),
        "reuseDescription": _("Reuse"),
        "download": _("Download"),
        "downloadDescription": _("Download"),
        "embed": _("Embed"),
        "embedDescription": _("Embed"),
        "h5pDescription": "H5P",
        "advancedHelp": "",
        "showAdvanced": _("Show more"),
        "hideAdvanced": _("Show less"),
        "size": _("Size"),
        "title": _("Title"),
        "author": pgettext("of a work", "Author"),
        "by": pgettext("of a work", "by"),
        "year": _("Year"),
        "source": _("Source"),
        "license": _("Licence"),
        "licenseExtras": _("More of the licence"),
        "thumbnail": _("Small picture"),
        "contentType": pgettext("of H5P content", "Type"),
    }


def _licences() -> dict[str, str]:
    """The names of licences are names: the same in every language."""
    by = "Creative Commons"
    return {
        "licenseU": _("Not said"),
        "licenseC": _("Copyright"),
        "licensePD": _("Public domain"),
        "licensePDM": "Public Domain Mark",
        "licenseCC010": "CC0 1.0",
        "licenseCC40": "4.0",
        "licenseCC30": "3.0",
        "licenseCC25": "2.5",
        "licenseCC20": "2.0",
        "licenseCC10": "1.0",
        "licenseGPL": "GNU GPL",
        "licenseV1": "1",
        "licenseV2": "2",
        "licenseV3": "3",
        "licenseCCBY": f"{by} BY",
        "licenseCCBYSA": f"{by} BY-SA",
        "licenseCCBYND": f"{by} BY-ND",
        "licenseCCBYNC": f"{by} BY-NC",
        "licenseCCBYNCSA": f"{by} BY-NC-SA",
        "licenseCCBYNCND": f"{by} BY-NC-ND",
    }
