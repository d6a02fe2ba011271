"""PURE: the subject of a Chinese prompt: "帮我做一个30秒的视频,介绍我们奶茶店的新品" is about 我们奶茶店的新品."""

from __future__ import annotations

import re

_ASK = (
    r"(?:你好|您好|嗨|请问?|麻烦(?:你|您)?|能不能|能否|能|可以|可不可以|我们?(?=想|要|需|希)|想要?|要|需要|希望|"
    r"帮(?:我们?|忙)|给我们?|为我们?|你|[,，、!！\s])*"
)
_MAKE = r"(?:制作|做|生成|拍摄|拍|来|弄|创建|创作|写|整|剪)?"
_COUNT = r"(?:一?(?:个|条|支|段|部|则))?"
_SHAPE = r"(?:竖屏|横屏|竖版|横版|方形)?"
_FILM = r"(?:短|小|宣传|广告|介绍|动画|纪录|微)*(?:视频|短片|影片|片子|片|广告|动画|电影|vlog)"
_LINK = r"(?:主要)?(?:主题(?:是|为|[:：])?|内容(?:是|为|[:：])?|关于|有关|介绍一?下?|讲的?是|讲述?|展示|说的是|说说|拍)"
_LENGTH = r"(?:[\d一二三四五六十半两]+\s?(?:秒|分)钟?(?:左右|长)?的?)"
_ORDER = re.compile(
    rf"^{_ASK}{_MAKE}{_COUNT}(?>(?:{_LENGTH}|竖屏|横屏|竖版|横版|方形|的)*)"
    rf"(?:(?P<before>[^,，。：:!！?？]{{1,24}}?)的?)?{_SHAPE}{_LENGTH}?{_SHAPE}的?{_FILM}"
    rf"(?![^\W\d_])?[,，:：。\s]*(?P<link>{_LINK})?(?P<behind>.*)$",
    re.DOTALL,
)
_NOT_TOLD = re.compile(
    rf"(?:{_LENGTH}|竖屏|横屏|竖版|横版|方形|短|的|{_LINK}|一个|抖音|快手|小红书|视频号|微信|朋友圈)*"
)
_WHO = re.compile(rf"(?P<who>[^,，]{{1,10}}?)(?:需要|想要|要|想|打算){_MAKE}{_COUNT}$")
_MARKS = " ,，:：。！!的"


def subject(text: str) -> str:
    """Return what a prompt orders a film about, and what follows; all of it where it orders none."""
    found = _ORDER.match(text.strip())
    if found is None:
        return text
    before, behind = found["before"] or "", found["behind"].strip(" ,，:：")
    who = _WHO.match(before)
    about = who["who"] if who else before[_leading(before) :].strip(_MARKS)
    if not about or (who and behind):
        return behind or text
    if found["link"]:
        behind = f"{found['link']}{behind}"
    return f"{about}，{behind}" if behind else about


def _leading(before: str) -> int:
    """How much of what stands before the film says how it is, or only that it is about something."""
    found = _NOT_TOLD.match(before)
    return found.end() if found else 0
