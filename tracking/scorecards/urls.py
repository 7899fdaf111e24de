"""Addresses of the scorecards. A committee's code may hold anything, so it comes last."""

from django.urls import path

from tracking.exports.views import download
from tracking.scorecards.views import card, city, filling, periods, signing, undertakings

app_name = "scorecards"

urlpatterns = [
    path("", card.home, name="home"),
    path("staden/", city.compilation, name="city"),
    path("staden/stang/", city.close, name="close"),
    path("staden/fil/<str:form>/", download, {"report": "scorecard_city"}, name="city_file"),
    path("fil/<str:form>/", download, {"report": "scorecard"}, name="file"),
    path("perioder/", periods.listing, name="periods"),
    path("perioder/<str:period>/", periods.change, name="period"),
    path("ataganden/", undertakings.listing, name="undertakings"),
    path("ataganden/las-in/", undertakings.load, name="load"),
    path("ataganden/fortsatt/", undertakings.go_on, name="go_on"),
    path("ataganden/nytt/", undertakings.add, name="add"),
    path("ataganden/<uuid:public_id>/", undertakings.undertaking, name="undertaking"),
    path("ataganden/<uuid:public_id>/andra/", undertakings.change, name="change"),
    path("<path:code>/atagande/<uuid:public_id>/", filling.report, name="report"),
    path("<path:code>/kommentar/", filling.comment, name="comment"),
    path("<path:code>/hamta-text/", filling.copy, name="copy"),
    path("<path:code>/eget/", undertakings.add_own, name="add_own"),
    path("<path:code>/signera/", signing.sign, name="sign"),
    path("<path:code>/oppna/", signing.open_again, name="reopen"),
    path("<path:code>/version/<int:number>/", card.version, name="version"),
    path("<path:code>/", card.card, name="card"),
]
