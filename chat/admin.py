"""The back office's list of what users and the agent said, newest first. A whole conversation is on its film's page."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chat.models import Message
from pixora.accounts.admin import user_link, users_matching
from pixora.back_office.formats import when
from pixora.back_office.records import Record, column


@admin.register(Message)
class MessageAdmin(Record):
    heading = "Conversations"
    list_display = ("said", "role", "owner", "film", "made")
    list_filter = ("role",)
    list_select_related = ("user",)
    list_display_links = None
    search_fields = ("content",)
    search_help_text = "User's e-mail or id, or a film's id"

    @column("Said")
    def said(self, message: Message) -> str:
        return message.content[:160]

    @column("User")
    def owner(self, message: Message) -> SafeString:
        return user_link(message.user)

    @column("Film")
    def film(self, message: Message) -> SafeString | str:
        if not message.task_id:
            return "–"
        address = reverse("admin:pipeline_task_change", args=[message.task_id])
        return format_html('<a href="{}#chat">{}</a>', address, message.task_id)

    @column("When")
    def made(self, message: Message) -> str:
        return when(message.created_at)

    def search(self, term: str) -> Q:
        return Q(task=term) if term.startswith("task_") else Q(user__in=users_matching(term))
