"""The kinds of file, one module each; adding a kind is adding a module and its command."""

from tracking.imports.kinds.absence import AbsenceFile
from tracking.imports.kinds.base import Kind
from tracking.imports.kinds.completions import CompletionsFile
from tracking.imports.kinds.courses import CoursesFile
from tracking.imports.kinds.duties import DutiesFile
from tracking.imports.kinds.exemptions import ExemptionsFile
from tracking.imports.kinds.organisation import OrganisationFile
from tracking.imports.kinds.staff import StaffFile
from tracking.imports.kinds.starts import StartsFile
from tracking.imports.kinds.targets import TargetsFile

KINDS: dict[str, type[Kind]] = {
    kind.name: kind
    for kind in (
        OrganisationFile,
        StaffFile,
        AbsenceFile,
        CoursesFile,
        TargetsFile,
        StartsFile,
        CompletionsFile,
        ExemptionsFile,
        DutiesFile,
    )
}
