"""For any numbers: the audit is silent where an article's sums are right, and never where one part is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article.article import take_apart
from summarizer.audit import audit
from summarizer.schemas.labels import labels
from summarizer.schemas.report import Finding
from summarizer.sources.document import Document
from tests.by_rules import counts_of

_EXAMPLES = settings(max_examples=150)


def findings(text: str) -> tuple[Finding, ...]:
    article = take_apart(Document("text", text))
    return audit(article, counts_of(article))


@dataclass(frozen=True)
class Listing:
    """A total and its parts as an article tells them; `second` are the parts of another kind, which sum right."""

    tell: Callable[[int, Sequence[int], Sequence[int]], str]
    total: int
    parts: tuple[int, ...]
    second: tuple[int, ...]

    @property
    def text(self) -> str:
        return self.tell(self.total, self.parts, self.second)


def written(value: int) -> str:
    """A number as articles write it; 1900 to 2100 with their mark, without it they would be years."""
    if value < 10:
        return f"0{value}"
    return f"{value:,}".replace(",", ".") if value >= 1900 else str(value)


def consisting(total: int, parts: Sequence[int], _: Sequence[int]) -> str:
    kinds = (
        "trường mầm non",
        "trường tiểu học",
        "trường trung học cơ sở",
        "trường nghề",
        "trường chuyên",
        "trường tư",
    )
    items = [f"{written(part)} {kind}" for part, kind in zip(parts, kinds, strict=False)]
    return f"Toàn tỉnh có {written(total)} trường học, gồm {', '.join(items[:-1])} và {items[-1]}."


def in_detail(total: int, parts: Sequence[int], second: Sequence[int]) -> str:
    names = (
        "Cao học",
        "Trung cấp",
        "Bồi dưỡng giảng viên",
        "Nghiệp vụ công tác Đảng",
        "Lãnh đạo phòng",
        "Sơ cấp",
    )
    items = [
        f"{name} {written(classes)} lớp với {written(learners)} học viên (01 lớp ngoài kế hoạch)"
        for name, classes, learners in zip(names, second, parts, strict=False)
    ]
    opening = f"Nhà trường đã mở {written(sum(second))} lớp với {written(total)} học viên."
    return f"{opening} Cụ thể: {'; '.join(items)}."


def in_parentheses(total: int, parts: Sequence[int], second: Sequence[int]) -> str:
    kinds = ("trong kế hoạch", "ngoài kế hoạch")
    items = [
        f"{written(classes)} lớp {kind} với {written(learners)} học viên"
        for kind, classes, learners in zip(kinds, second, parts, strict=False)
    ]
    return f"Nhà trường đã mở {written(sum(second))} lớp với {written(total)} học viên ({', '.join(items)})."


def among(total: int, parts: Sequence[int], _: Sequence[int]) -> str:
    return (
        f"Đảng bộ có {written(total)} đảng viên, trong đó có {written(parts[0])} đảng viên chính thức và "
        f"{written(parts[1])} đảng viên dự bị."
    )


_VALUES = st.integers(min_value=1, max_value=2999)


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    tell, most = draw(st.sampled_from([(consisting, 6), (in_detail, 6), (in_parentheses, 2), (among, 2)]))
    size = draw(st.integers(min_value=2, max_value=most))
    parts = tuple(draw(st.lists(_VALUES, min_size=size, max_size=size)))
    second = tuple(draw(st.lists(st.integers(min_value=1, max_value=99), min_size=size, max_size=size)))
    return Listing(tell, sum(parts), parts, second)


@given(listings())
@_EXAMPLES
def test_parts_that_sum_to_their_total_raise_nothing(listing: Listing) -> None:
    assert findings(listing.text) == ()


@given(listings(), st.data())
@_EXAMPLES
def test_one_wrong_part_is_always_found_with_every_number_of_the_sum(
    listing: Listing, data: st.DataObject
) -> None:
    index = data.draw(st.integers(min_value=0, max_value=len(listing.parts) - 1))
    wrong = data.draw(_VALUES.filter(lambda value: value != listing.parts[index]))
    parts = (*listing.parts[:index], wrong, *listing.parts[index + 1 :])
    text = replace(listing, parts=parts).text
    (finding,) = findings(text)
    assert finding.kind == "parts_total"
    assert [place.text for place in finding.places] == [written(listing.total), *map(written, parts)]
    assert all(text[place.at : place.at + len(place.text)] == place.text for place in finding.places)
    total, reached = labels("vi").number(listing.total), labels("vi").number(sum(parts))
    assert finding.arithmetic == f"{' + '.join(map(labels('vi').number, parts))} = {reached} ≠ {total}"


def percentage(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


@st.composite
def fractions(draw: st.DrawFn) -> tuple[int, int]:
    total = draw(st.integers(min_value=2, max_value=1800))
    return draw(st.integers(min_value=1, max_value=total)), total


@given(fractions())
@_EXAMPLES
def test_a_percentage_rounded_to_its_digits_raises_nothing(fraction: tuple[int, int]) -> None:
    part, total = fraction
    text = f"Toàn tỉnh có {part}/{total} trường đạt chuẩn quốc gia, tỉ lệ {percentage(100 * part / total)}%."
    assert findings(text) == ()


@given(fractions(), st.floats(min_value=0.3, max_value=60), st.booleans())
@_EXAMPLES
def test_a_percentage_that_is_off_is_always_found(fraction: tuple[int, int], off: float, more: bool) -> None:
    part, total = fraction
    wrong = 100 * part / total + (off if more else -off)
    if not 0 < wrong <= 100:
        return
    text = f"Toàn tỉnh có {part}/{total} trường đạt chuẩn quốc gia, tỉ lệ {percentage(wrong)}%."
    (finding,) = findings(text)
    assert [place.text for place in finding.places] == [percentage(wrong), f"{part}/{total}"]


def rating(numbers: Sequence[int], total: int) -> str:
    grades = ("hoàn thành xuất sắc nhiệm vụ", "hoàn thành tốt nhiệm vụ", "hoàn thành nhiệm vụ")
    items = [f"{part}/{total} đảng viên {grade}" for part, grade in zip(numbers, grades, strict=True)]
    return f"Kết quả, có {'; '.join(items)}."


_GRADES = st.lists(st.integers(min_value=1, max_value=300), min_size=3, max_size=3)


@given(_GRADES, st.integers(min_value=0, max_value=50))
@_EXAMPLES
def test_grades_of_all_or_fewer_raise_nothing(numbers: list[int], unrated: int) -> None:
    assert findings(rating(numbers, sum(numbers) + unrated)) == ()


@given(_GRADES, st.data())
@_EXAMPLES
def test_more_grades_than_were_graded_are_always_found(numbers: list[int], data: st.DataObject) -> None:
    total = data.draw(st.integers(min_value=max(numbers), max_value=sum(numbers) - 1))
    (finding,) = findings(rating(numbers, total))
    assert finding.kind == "grade_total"
    assert finding.arithmetic.endswith(
        f"= {labels('vi').number(sum(numbers))} > {labels('vi').number(total)}"
    )


@given(
    st.text(alphabet="0123456789/%.,;:() \n-đảng viên lớp trong đó gồm cụ thể hoàn thành tốt và chi bộ tỉ lệ")
)
@_EXAMPLES
def test_any_text_at_all_can_be_audited(text: str) -> None:
    for finding in findings(text):
        assert len(finding.places) > 1
