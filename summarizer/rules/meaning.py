"""What a number counts, read by the taxonomy's table from the words around it.

A Vietnamese count stands before its noun (`02 chi bộ`), so the noun right behind the number decides. Where
none stands there the table looks at the number just before in the same sentence (`351/467 trường …, tỉ lệ
75,2%`), at the noun to the left (`Tổng số học sinh: 744`), and at the topic of the sentence (học lực). Only
the first is `adjacent`; the others are what the model is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.article.counted_nouns import COMRADES, PERSONS, grade_words, subject_words
from summarizer.article.normalize import Words, split_words
from summarizer.article.numbers import Number
from summarizer.article.phrases import Lexicon, Lists
from summarizer.rules import grading, nouns
from summarizer.rules.anaphors import named
from summarizer.rules.grading import LESSER, grade_after, grade_before, rating_after
from summarizer.rules.nouns import LONGEST_LINK, LONGEST_REACH, PEOPLE, noun_above, noun_after, noun_before
from summarizer.rules.scope import COMMAS, SOFT_BREAKS, TOPICS, Clause, Meaning, Noun, Scope, after_last
from summarizer.schemas.offsets import TokenIndex
from summarizer.schemas.report import Grade, Subject, Unit
from summarizer.schemas.taxonomy import graded_subjects

_TABLE = Lists("summarizer.rules", "meaning")
_RATES = _TABLE.words("rates") | frozenset("(-=")
_GROWTH, _TIMES, _RATINGS, _RATED = (_TABLE.words(name) for name in ("growth", "times", "ratings", "rated"))
_TITLE = _TABLE.words("title")
_DANGLING = _TABLE.words("dangling") | frozenset("/")
_LEVELS, _UNGRADED = _TABLE.phrases("levels"), _TABLE.lexicon("ungraded")
_SORTS = Lexicon((phrase, name) for name in ("discipline", "ranks", "classes") for phrase in _TABLE[name])
_NEXT_FACT = _TABLE.lexicon("next_fact")
_ASIDES = Lists("summarizer.rules", "planning").phrases("asides")
_SHARED: frozenset[Subject] = frozenset(("learner", "award", "class", "staff", "party_member"))
"""Subjects that are said once for a list of numbers (`đại học 41, cao đẳng 3`)."""
_REACHES = (["đạt"], ["chiếm"], ["còn"])
"""Words that lead from a noun to a share of its own (`…; hộ cận nghèo chiếm 7,9%`)."""
_OF_ALL = (["trong", "số"], ["trong", "tổng", "số"], ["trên", "tổng", "số"])
"""Words between a part and the whole it is of."""
_SHARE_OF = (*_OF_ALL[1:], ["của", "tổng", "số"], ["về", "số"], ["tỉ", "lệ"], ["số"])
"""Words between a percentage and all that it is a share of (`tăng 5% trên tổng số hộ`)."""
_BOUNDED = (["trở", "lên"], ["trở", "xuống"])
"""Words between a number and its noun (`90% trở lên đảng viên`)."""
_SHARES = ("chiếm", "lệ")
"""Words right before a percentage that is a share of what was counted before it (`chiếm tỉ lệ 56%`)."""
_AIMS = frozenset(("so", "nghị", "mục", "chỉ"))
"""First words of topics that a sentence can begin with and go on to tell of others (Mục tiêu có …)."""
_LONGEST_ASIDE, _LONGEST_BRACKET, _LONGEST_COUNTED = 5, 16, 16
"""Words of a bracket before the number that was planned, of one before a noun, and of what is counted, at most."""
_MOST_AHEAD = 8
"""Numbers of a list that are read for the first of them, at most: one grade can be said for all, behind the last."""
_WHOLE = 100
"""Per cent: more than that can only be a share of a plan, or growth."""


def read_meaning(
    words: Words,
    clause: Clause,
    numbers: Sequence[Number],
    index: int,
    before: Meaning | None,
    earlier: Meaning | None = None,
    ahead: int = _MOST_AHEAD,
) -> Meaning:
    """Return what `numbers[index]` counts.

    `numbers` are the article's candidates in order, `clause` the sentence the number stands in, `before` the
    meaning of the previous candidate of the same sentence, None if there is none; `earlier` that of the previous
    candidate of the sentence right before, where this one is its sentence's first. `ahead` is how many of the
    numbers behind it may be read for it, each for the one before.
    """

    def read(later: int) -> Meaning:
        return read_meaning(words, clause, numbers, later, None, ahead=ahead - 1)

    alone = read if ahead else None
    scope = Scope(words, clause, numbers, index, alone)
    spelled, right = scope.spelled, scope.right
    percent = scope.number.unit == "percent"
    if scope.number.unit == "money":
        return _meaning(scope, Noun(right, right, "money", adjacent=True))
    aimed = TOPICS.at(spelled, right, scope.stop) if percent else None
    if aimed and aimed.value == "other":
        return _share_of_other(scope, aimed.start, aimed.stop, before)
    if scope.following and spelled[right : scope.next] in _OF_ALL:
        return _part_of(Scope(words, clause, numbers, index + 1, alone), scope.following())
    opened = right + (spelled[right : right + 1] == ['"'])
    opened += 2 * (spelled[opened : opened + 2] in _BOUNDED)
    of_all = spelled[opened : opened + 2] == ["tổng", "số"]
    if percent:
        opened += next((len(led) for led in _SHARE_OF if spelled[opened : opened + len(led)] == led), 0)
    noun = noun_after(spelled, opened, scope.stop) or _after_bracket(scope)
    if noun is None and percent and not (before and before.subject in PEOPLE):
        noun = _of_title(scope, TokenIndex(opened))
    # "18 chiếm tỉ lệ 56% và 1 chi bộ yếu kém": a share of the number before it is told.
    told = (
        before
        and percent
        and scope.later
        and scope.later.unit == "count"
        and spelled[scope.left - 1] in _SHARES
    )
    if noun is None and not told and scope.following and scope.next is not None and scope.next - right <= 1:
        later = scope.following()
        # "khối trường học 4 và 10 cơ sở thuộc khối cơ quan": what stands right before a number is its own.
        own = noun_before(scope, scope.floor) if later.adjacent else None
        if own and own.stop == scope.left and not own.headed:
            return _meaning(scope, own._replace(subject=later.subject))
        if later.adjacent:
            return later
    if noun:
        noun = named(scope, nouns.in_full(scope, noun), before)
        if percent and of_all:
            return _share_of(scope, noun, before)
        meaning = _graded(scope, noun)
        listed = before is not None and before.grade is not None and before.subject == meaning.subject
        finishes = listed and grading.finishes(scope, noun, meaning.grade)
        return meaning._replace(grade="completed") if finishes else meaning
    if graded := _graded_alone(scope, opened, before or earlier):
        return graded
    sort = _SORTS.at(spelled, opened, scope.stop) if before else None
    if before and sort and (before.subject == "award" or sort.value != "ranks"):
        return _meaning(scope, Noun(sort.start, sort.stop, before.subject))
    if scope.number.unit == "count" and nouns.names_a_thing(scope, opened):
        return _meaning(scope, Noun(opened, opened, "other"))._replace(known=False)
    return _meaning_from_left(scope, before)


def classify(phrase: str, unit: Unit) -> tuple[Subject | None, Grade | None]:
    """Return the subject and grade that a phrase names by the table (`chi bộ hoàn thành tốt`: party_cell, good).

    The subject is that of its first noun, None for a phrase without one and for one that stands for another noun
    (đồng chí, người). An amount of money is money whatever it is for; what a percentage is of can be a plan or a
    target (`100% kế hoạch`), which then is no document. The grade is the last of several.
    """
    words = split_words(phrase)
    noun = noun_after(words.spelled, TokenIndex(0), words.stop)
    aimed = TOPICS.at(words.spelled) if unit == "percent" else None
    subject: Subject | None = noun.subject if noun else None
    if any(lexicon.at(words.spelled) for lexicon in (COMRADES, PERSONS)):
        subject = None
    elif unit == "money" or (aimed and aimed.value == "other"):
        subject = "money" if unit == "money" else "other"
    found = grade_words().last(words)
    return subject, found.value if found and subject in graded_subjects() else None


def _after_bracket(scope: Scope) -> Noun | None:
    """Return the noun behind a bracket that the number stands in front of (`120 (tăng 10%) đảng viên`)."""
    inside = scope.spelled[scope.right : min(scope.clause.stop, scope.right + _LONGEST_BRACKET)]
    if inside[:1] != ["("] or ")" not in inside:
        return None
    after = scope.right + inside.index(")") + 1
    return noun_after(scope.spelled, after, min(scope.clause.stop, after + LONGEST_LINK))


def _of_title(scope: Scope, start: TokenIndex) -> Noun | None:
    """Return the noun that a title is one of, for a share that has reached it (`98% đạt hội viên gương mẫu`).

    What people of another kind have reached is theirs (`100% viên chức …, 15% đạt chiến sĩ thi đua`).
    """
    if scope.spelled[start : start + 1] != ["đạt"]:
        return None
    while start < scope.stop and scope.spelled[start] in _TITLE:
        start += 1
    noun = noun_after(scope.spelled, start, scope.stop)
    bears = noun and (noun.subject in PEOPLE or noun.subject in graded_subjects())
    return noun._replace(adjacent=False) if noun and bears else None


def _share_of_other(scope: Scope, start: TokenIndex, stop: TokenIndex, before: Meaning | None) -> Meaning:
    """Return the meaning of a percentage in front of a topic such as kế hoạch or so với, from word `start` to `stop`.

    `tăng 10% so với năm trước` is the growth of what its part of the sentence tells of.
    """
    spelled = scope.spelled
    compared = spelled[start] == "so" and spelled[stop : stop + 1] in (["tổng"], ["số"])
    whole = noun_after(spelled, stop, scope.stop) if compared else None
    led = spelled[max(scope.floor, scope.left - 4) : scope.left]
    if whole is None and not _GROWTH.isdisjoint(led) and not _TIMES.isdisjoint(spelled[stop : stop + 3]):
        whole = _grown_noun(scope)
        if whole is None and before and before.subject != "money":
            return before._replace(adjacent=False, known=True)
    if whole:
        return _share_of(scope, whole, before)
    return _meaning(scope, Noun(start, stop, "other", adjacent=True))


def _grown_noun(scope: Scope) -> Noun | None:
    """Return the noun that a growth is told of: one behind số and the like, or one that its part begins with."""
    noun = None if _has_own_rate(scope) else noun_before(scope, scope.floor)
    if noun is None or noun.headed:
        return noun
    begins = noun.start == scope.clause.start or scope.spelled[noun.start - 1] in SOFT_BREAKS
    return noun if begins and _GROWTH.issuperset(scope.spelled[noun.stop : scope.left][:1]) else None


def _has_own_rate(scope: Scope) -> bool:
    """Return whether a percentage is of what its own part of the sentence begins with, which is none of the nouns.

    The table of topics has it as other (`hỗ trợ 12 hộ vay, nợ quá hạn chiếm 0,04%`). A whole sentence has to begin
    with it (`Doanh thu của các hợp tác xã tăng 12%`), or with what it is compared to (`So với chỉ tiêu …`).
    """
    tokens = scope.spelled[scope.floor : scope.left]
    own = after_last(tokens, COMMAS)
    if own is None and scope.floor == scope.clause.start:
        compared = tokens[:2] == ["so", "với"]
        topic = TOPICS.at(scope.spelled, scope.floor + 2 * compared, scope.left)
        owned = compared or _AIMS.isdisjoint(tokens[:1])
        return topic is not None and topic.value == "other" and owned and ":" not in tokens
    start = TokenIndex(scope.left - len(own or []))
    topic = TOPICS.first(scope.words, start, scope.left)
    noun = subject_words().first(scope.words, start, scope.left)
    return topic is not None and topic.value == "other" and (noun is None or noun.start >= topic.start)


def _share_of(scope: Scope, whole: Noun, before: Meaning | None) -> Meaning:
    """Return the meaning of a share of all X (`chiếm 80% tổng số X`): of those before it, if they are X too."""
    meaning = _graded(scope, whole)
    if before and before.subject == meaning.subject and meaning.grade is None:
        return meaning._replace(grade=before.grade)
    return meaning


def _part_of(whole: Scope, meaning: Meaning) -> Meaning:
    """Return the meaning of a part of the `whole`, in its words (`3 trong tổng số 14 chi bộ hoàn thành tốt`)."""
    start, stop = whole.words.first_from(meaning.at), whole.words.first_from(meaning.end)
    noun = Noun(start, start + 1, meaning.subject)
    after = grade_after(whole, noun, start, led=False) if meaning.subject in graded_subjects() else None
    if after is None:
        return _meaning(whole, Noun(start, stop, meaning.subject))
    return _meaning(whole, noun, after.value, until=after.stop)


def _graded_alone(scope: Scope, start: TokenIndex, before: Meaning | None) -> Meaning | None:
    """Return the meaning of a number with a grade in its noun's place (`…, 20/29 hoàn thành tốt nhiệm vụ`).

    It counts what the number before it counts, but where a heading of its own leads to it.
    """
    grade = grade_words().first(scope.words, start, min(scope.stop, start + grading.LONGEST_BETWEEN))
    if grade is None or not _RATED.issuperset(scope.spelled[start : grade.start]):
        return None
    own = noun_before(scope, scope.floor)
    headed = own is not None and scope.spelled[own.stop : scope.left] == [":"]
    subject = own.subject if own and headed else before.subject if before else None
    if subject is None or subject not in graded_subjects():
        return None
    noun = Noun(start, start, subject)
    after = grade_after(scope, noun, start, led=False)
    return _meaning(scope, noun, after.value, until=after.stop) if after else None


def _meaning_from_left(scope: Scope, before: Meaning | None) -> Meaning:
    """Return the meaning of a number with no noun behind it."""
    percent = scope.number.unit == "percent"
    between = scope.spelled[scope.floor : scope.left]
    left = noun_before(scope, scope.floor)
    if left and before and before.at == scope.words.starts[left.start]:
        left = left._replace(subject=before.subject)  # it is the noun that the number before counts
    if scope.spelled[scope.left - 1] == "là" and not (left and left.headed) and COMMAS.isdisjoint(between):
        total = noun_before(scope, scope.clause.start)
        if total and total.headed:
            return _graded(scope, total)  # "tổng số tiêu chí đã đạt của 45 xã là 785"
    if percent and _has_own_rate(scope):
        return _meaning(scope, Noun(scope.right, scope.right, "other"))
    label = [word for word in between[-4:] if word != ":"]
    # "219 tập thể, trong đó cấp huyện 54, cấp cơ sở 165": a part is named by its level alone.
    if before and any(tuple(label[-len(level) :]) == level for level in _LEVELS):
        return _like(before, grade_before(scope))
    if before and _is_planned_aside(between):
        return _like(before)
    topic = TOPICS.last(scope.words, scope.floor, scope.left)
    if topic and topic.value != "other":
        led = scope.spelled[max(scope.floor, topic.start - 1) : topic.start + 1]
        rated = percent and (left is None or left.start < topic.start) and not {"tỉ", "lệ"}.isdisjoint(led)
        if rated or (before and not left and topic.value != before.subject):
            return _meaning(scope, Noun(topic.start, topic.stop, topic.value))
    if before and (meaning := _with_the_one_before(scope, before, left, between)):
        return meaning
    return _graded(scope, left) if left else _from_further_left(scope, before)


def _is_planned_aside(between: Sequence[str]) -> bool:
    """Return whether a bracket says how many were planned (`38 đảng viên (nghị quyết đề ra 35)`)."""
    if "(" not in between:
        return False
    inside = between[len(between) - between[::-1].index("(") :]
    return ")" not in inside and tuple(inside[:2]) in _ASIDES and len(inside) <= _LONGEST_ASIDE


def _with_the_one_before(
    scope: Scope, before: Meaning, left: Noun | None, between: list[str]
) -> Meaning | None:
    """Return the meaning of a number that goes with the one before it, `between` the words between them.

    `left` is the noun among these words. None where the number does not go with the one before.
    """
    percent = scope.number.unit == "percent"
    chained = scope.before is not None and scope.before.unit == "percent"
    share = percent and (chained or between[-2:] == ["tỉ", "lệ"])
    far = len(between) > LONGEST_REACH * (1 + share) or not {".", "!", "?"}.isdisjoint(between)
    another = left and (left.headed or (between[-1:] in _REACHES and nouns.opens_clause(scope, left)))
    if far or another or before.subject == "money":
        return None
    grade = grade_before(scope)
    rates_on = _rates_on(before, between)
    if percent and scope.number.value > _WHOLE and not _GROWTH.intersection(between[-3:]):
        return _meaning(scope, Noun(scope.right, scope.right, "other"))
    if percent and (chained or _RATES.intersection(between)):
        inherited = None if rates_on else before.grade
        grade = grade if before.subject in graded_subjects() and grade else inherited
        return _like(before, rating_after(scope, grade))
    if left:
        return None
    sexed = before.subject in PEOPLE and bool(nouns.SEXES.intersection(between[-2:]))
    graded = grade is not None and before.subject in graded_subjects()
    # "phát ra 37 phiếu, hợp lệ 37", "37 và 38"
    lists_on = between == ["và"] or (between[:1] == [","] and len(between) <= LONGEST_LINK)
    goes_on = before.subject in _SHARED or sexed or graded or lists_on or rates_on
    return _like(before, grade) if goes_on else None


def _rates_on(before: Meaning, between: Sequence[str]) -> bool:
    """Return whether the words before a number only rate some more (`chi đoàn vững mạnh: 12; khá: 5`)."""
    words = [word for word in between if word.isalpha()]
    return before.subject in graded_subjects() and not LESSER.isdisjoint(words) and _RATINGS.issuperset(words)


def _from_further_left(scope: Scope, before: Meaning | None) -> Meaning:
    """Return the meaning of a number that no noun leads to: by a heading, or a topic."""
    grade = grade_before(scope)
    above = noun_above(scope) if grade else None
    if above and before and before.at == scope.words.starts[above.start]:
        return _like(before, grade)
    if above:
        return _meaning(scope, Noun(above.start, above.stop, above.value), grade)
    first = max(scope.clause.start, scope.left - nouns.LONGEST_MEMORY)
    if topic := TOPICS.last(scope.words, first, scope.left):
        return _meaning(scope, Noun(topic.start, topic.stop, topic.value))
    return _meaning(scope, Noun(scope.right, scope.right, "other"))._replace(known=False)


def _graded(scope: Scope, noun: Noun) -> Meaning:
    """Return the meaning of a number of a noun, with the grade that is said of it."""
    voted = _UNGRADED.at(scope.spelled, noun.start, noun.stop)
    of_all = scope.before and scope.spelled[scope.floor : scope.left] in _OF_ALL
    if noun.subject not in graded_subjects() or voted or of_all:
        return _meaning(scope, noun)
    grade = grade_before(scope)
    behind = noun.start >= scope.right
    after = grade_after(scope, noun, noun.stop if behind else scope.right, led=grade is not None)
    if after:
        return _meaning(scope, noun, after.value, until=after.stop)
    if grade is None and behind:
        grade = grading.bare_grade_after(scope, noun) or grading.grade_shared(scope, noun)
    elif grade is None and (own := grade_words().first(scope.words, noun.stop, scope.left)):
        grade = rating_after(scope, own.value)
    return _meaning(scope, noun, grade)


def _like(other: Meaning, grade: Grade | None = None) -> Meaning:
    """Return the meaning of a number that counts what another does."""
    return Meaning(other.subject, grade, other.at, other.end, adjacent=False)


def _meaning(
    scope: Scope, noun: Noun, grade: Grade | None = None, until: TokenIndex | None = None
) -> Meaning:
    """Return the meaning of a number of a noun, with its words: up to word `until`, else to where its phrase ends."""
    start, end = noun.start, noun.stop if until is None else until
    least = max(end, start + 1)
    if start >= scope.right and until is None:
        limit = min(scope.stop, start + _LONGEST_COUNTED)
        while end < limit and scope.spelled[end] not in SOFT_BREAKS:
            end += 1
        another = _NEXT_FACT.first(scope.words, least, end)
        end = another.start if another else end
    if scope.spelled[start:end].count('"') % 2 and scope.spelled[end : end + 1] == ['"']:
        end += 1
    while end > least and scope.spelled[end - 1] in _DANGLING:
        end -= 1
    if end <= start:
        return Meaning(noun.subject, grade, scope.number.at, scope.number.end, noun.adjacent)
    return Meaning(noun.subject, grade, scope.words.start(start), scope.words.end(end - 1), noun.adjacent)
