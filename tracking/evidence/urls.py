"""Addresses of what was learned elsewhere, and of what proves it."""

from django.urls import path

from tracking.evidence.attendance import views as attendance
from tracking.evidence.certificates import views as certificates
from tracking.evidence.matching import views as matching
from tracking.evidence.proof import own_views as own
from tracking.evidence.proof import views as proof

app_name = "evidence"

urlpatterns = [
    path("medarbetare/narvaro/", attendance.record_page, name="attendance"),
    path("medarbetare/narvaro/<uuid:public_id>/", attendance.made_page, name="attendance_made"),
    path(
        "medarbetare/narvaro/<uuid:public_id>/aterta/",
        attendance.withdraw,
        name="attendance_withdraw",
    ),
    path("medarbetare/intyg/", proof.queue_page, name="proofs"),
    path("medarbetare/intyg/<uuid:public_id>/", proof.decide_page, name="proof_decide"),
    path("intygsbild/<uuid:public_id>/<int:number>/", proof.picture, name="proof_picture"),
    path("min-utbildning/intyg/", own.mine_page, name="my_proofs"),
    path("min-utbildning/intyg/<uuid:public_id>/", own.own_page, name="proof"),
    path(
        "min-utbildning/intyg/<uuid:public_id>/dra-tillbaka/",
        own.withdraw_own,
        name="proof_withdraw",
    ),
    path("intyg/<uuid:certificate_id>/pdf/", certificates.as_pdf, name="certificate_pdf"),
    path("intyg/", certificates.find, name="certificate_find"),
    path("intyg/<str:said>/", certificates.certificate_page, name="certificate_page"),
    path("datakvalitet/intyg/", certificates.revoke_page, name="certificate_revoke"),
    path(
        "datakvalitet/intyg/<int:pk>/giltigt/", certificates.restore_one, name="certificate_restore"
    ),
    path("datakvalitet/matchning/", matching.waiting_page, name="matching"),
    path("datakvalitet/matchning/<int:row>/", matching.match_page, name="match"),
    path("datakvalitet/matchning/<int:row>/ta-upp/", matching.take_up, name="match_take_up"),
    path("datakvalitet/matchning/angra/<int:batch>/", matching.undo, name="match_undo"),
]
