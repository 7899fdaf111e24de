"""Addresses of H5P in the Wagtail admin."""

from django.urls import path

from courses.h5p.studio import libraries, listing, uploading, views

urlpatterns = [
    path("h5p/", listing.ContentIndexView.as_view(), name="h5p_contents"),
    path(
        "h5p/resultat/",
        listing.ContentIndexView.as_view(results_only=True),
        name="h5p_contents_results",
    ),
    path("h5p/ladda-upp/", uploading.upload, name="h5p_upload"),
    path("h5p-bibliotek/", libraries.libraries, name="h5p_libraries"),
    path("h5p-bibliotek/godkann/", libraries.approve_several, name="h5p_approve_several"),
    path("h5p-bibliotek/<int:pk>/", libraries.library, name="h5p_library"),
    path("h5p-bibliotek/<int:pk>/godkann/", libraries.approve, name="h5p_approve"),
    path("h5p-bibliotek/<int:pk>/stoppa/", libraries.block, name="h5p_block"),
    path("h5p-bibliotek/<int:pk>/slapp/", libraries.unblock, name="h5p_unblock"),
    path("h5p/<uuid:public_id>/", views.content, name="h5p_content"),
    path("h5p/<uuid:public_id>/ny-version/", uploading.replace, name="h5p_replace"),
    path("h5p/<uuid:public_id>/titel/", views.title, name="h5p_title"),
    path("h5p/<uuid:public_id>/ta-bort/", views.delete, name="h5p_delete"),
    path("h5p/<uuid:public_id>/hamta/<int:number>/", views.download, name="h5p_download"),
]
