from __future__ import annotations

from django.urls import path

from pixora.accounts import views

urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("login/supabase/", views.sign_in_by_supabase, name="login-supabase"),
    path("login/<str:token>", views.sign_in_by_link, name="login-link"),
    path("logout/", views.log_out, name="logout"),
]
