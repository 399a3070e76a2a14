"""Are documents rewritten for the measure the same in the text and in the answers?"""

import json

from bench.rewriting import Judged, rewritten

TEXT = (
    "HUYỆN ỦY TÂN SƠN\nSố 12-CV/HU\nTân Sơn, ngày 15 tháng 01 năm 2023\nThực hiện Nghị quyết số 07-NQ/HU, ngày 26/12/2022 của Huyện ủy "
    "Tân Sơn (viết tắt là Nghị quyết 07), các chi bộ huyện Tân Sơn báo cáo trước ngày 28/02/2023.\nTrần Văn Bình\n"
)
GOLD = {
    "number": "12-CV/HU",
    "type": "Công văn",
    "issued_on": "2023-01-15",
    "place": "Tân Sơn",
    "agency": "Huyện ủy Tân Sơn",
    "signer": {"name": "Trần Văn Bình", "position": "Bí thư", "authority": None},
    "references": [
        {"type": "Nghị quyết", "number": "07-NQ/HU", "issued_on": "2022-12-26", "agency": "Huyện ủy Tân Sơn", "relation": "implements"}
    ],
    "deadlines": [{"kind": "date", "date": "2023-02-28", "text": "trước ngày 28/02/2023", "assignee": "các chi bộ huyện Tân Sơn"}],
}  # fmt: skip


def test_text_and_answers_change_alike():
    """Number, place, person, cited serial, days and limit of the answers stand in the new text, the old ones do not."""
    new = rewritten(Judged("thử", TEXT, GOLD), 1)
    answer, (cited,), (limit,) = new.gold, new.gold["references"], new.gold["deadlines"]
    for value in (answer["number"], answer["agency"], answer["signer"]["name"], cited["number"], limit["text"], limit["assignee"]):
        assert value in (new.text if value != answer["agency"] else new.text.replace("HUYỆN ỦY", "Huyện ủy")), value
    assert f"Nghị quyết {int(cited['number'].split('-')[0]):02d}" in new.text
    for old in ("12-CV/HU", "07-NQ/HU", "Tân Sơn", "TÂN SƠN", "Trần Văn Bình", "2023"):
        assert old not in new.text + json.dumps(answer, ensure_ascii=False)


def test_what_is_no_name_stays():
    """Kinds, relations, symbols, the day of the limit and the words between are as they were; the same seed writes the same."""
    new = rewritten(Judged("thử", TEXT, GOLD), 1)
    assert new.gold["type"] == "Công văn" and new.gold["references"][0]["relation"] == "implements"
    assert new.gold["number"].endswith("-CV/HU") and new.gold["deadlines"][0]["date"].endswith("-02-28")
    assert new == rewritten(Judged("thử", TEXT, GOLD), 1) != rewritten(Judged("thử", TEXT, GOLD), 2)
