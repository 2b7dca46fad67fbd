"""What `kakanai doctor` says of forms kept as they were printed: how many, and where their key lies."""

from collections.abc import Iterator

from kakanai.cli.services import Services
from kakanai.drafts.draft_key import KeyPlace
from kakanai.errors import KakanaiError
from kakanai.messages import message_for


def kept_form_words(services: Services) -> Iterator[tuple[bool, str, str]]:
    """Whether all is well, what there is and its cost; nothing where the town keeps none and none is left."""
    try:
        days = services.prepare().kept_form_days
        kept = services.kept_forms()
        if not days and not kept.is_there:
            return
        count, report = kept.count(), kept.report()
    except KakanaiError as error:
        yield False, f"[{error.code}] {message_for(error).what}", "刷った様式を残せず、刷り直せません。"
        return
    how = f"{days} 日だけ残す設定です" if days else "残さない設定です(次に窓を開いたときに消えます)"
    if report.place is KeyPlace.KEYRING:
        yield True, f"刷った様式の控え {count} 通、{how}。鍵は、この PC のキーリング({report.detail})です", ""
        return
    words = f"刷った様式の控え {count} 通、{how}。鍵は、この利用者だけが読めるファイル {report.detail} です"
    yield True, words, "この PC の利用者の権限を得た人は、残っている様式を読めます。"
