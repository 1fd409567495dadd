from django.urls import path

from creatorhub.studio.desk.disputes import views

urlpatterns = [
    path("", views.dispute_list, name="desk_disputes"),
    path("<int:pk>/", views.dispute, name="desk_dispute"),
]
