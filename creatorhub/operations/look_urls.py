"""The living style guide, for whoever builds or judges the look."""

from django.urls import path

from creatorhub.operations.look_pages import look_styleguide

app_name = "look"
urlpatterns = [path("<str:part>/", look_styleguide, name="part")]
