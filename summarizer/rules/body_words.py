"""The words Vietnamese names its bodies with: how a name begins, goes on, and has ended.

`HEAD` and `AREA` are patterns for `cue`; a head is written so that each alternative begins with a letter, which
lets the search skip what cannot begin a name. The look-behinds stand behind the word they look at.
"""

from __future__ import annotations

from summarizer.article.cues import cue
from summarizer.article.normalize import fold

__all__ = (
    "AREA",
    "CENTRAL",
    "COMMITTEES",
    "GENERIC",
    "HEAD",
    "JOINING",
    "MEANINGLESS",
    "NAME_WORDS",
    "STOP",
    "TRADES",
    "UNPLACED",
    "WITH_CAPITAL",
)

# "Phó Bí thư thường trực Huyện ủy": there it belongs to the office.
_STANDING = r"thường trực(?<!thư\sthường\strực)(?<!tịch\sthường\strực)"
_BOARDS = ("ban thường vụ", "ban chấp hành", _STANDING, "btv", "bch", "văn phòng")
COMMITTEES = (
    "đảng bộ",
    "đảng ủy",
    "chi bộ",
    "chi ủy",
    "tỉnh ủy",
    "thành ủy",
    "huyện ủy",
    "quận ủy",
    "thị ủy",
)
"""What the Party's own bodies are called, at every level."""
_COUNCILS = (
    r"thi đua(?:,| -| và|-)?\s*khen thưởng|tđ\s*-\s*kt|thi đua|khoa học|giáo dục|phổ biến|trường|học viện|đại học"
    r"|nghĩa vụ|bầu cử|sáng kiến|phối hợp|nghiệm thu(?: đề tài| sáng kiến| sản phẩm)?"
    r"|đánh giá|tuyển chọn|xét duyệt|chấm|tư vấn"
)
_NO_ASSOCIATION = " nghị| trường| thảo| thi| chợ| nhập| viên| đồng| phí| họp| diễn"
_HEADS = (
    *(f"{board} (?:{'|'.join(COMMITTEES)})(?! viên)" for board in _BOARDS),
    *(f"{body}(?! viên)" for body in COMMITTEES),
    "ủy ban kiểm tra|ubkt|ban tổ chức|ban tuyên giáo|ban dân vận|ban nội chính|ban cán sự|đảng đoàn",
    # The state
    "ubnd|ủy ban nhân dân|thường trực hđnd|thường trực hội đồng nhân dân|hđnd|hội đồng nhân dân",
    r"ub\s*mttq|ủy ban mttq",
    r"thanh tra(?= (?:chính phủ|tỉnh|thành phố|huyện|quận|sở|bộ)(?!\w))",
    "ủy ban mặt trận tổ quốc|mặt trận tổ quốc|mttq|công an|bộ chỉ huy|ban chỉ huy|bộ chqs|ban chqs|bộ tư lệnh",
    "tòa án|viện kiểm sát|kho bạc|bảo hiểm xã hội|bhxh|văn phòng|ban quản lý|trung đoàn|sư đoàn|lữ đoàn",
    r"đồn biên phòng|ngành(?: tổ chức xây dựng đảng| kiểm tra đảng)?|chi cục(?! trưởng)|tổng cục|cục(?! trưởng)",
    r"vụ(?! trưởng)(?<!nhiệm\svụ)(?<!dịch\svụ)(?<!nghiệp\svụ)",
    r"sở(?<!cơ\ssở)(?<!trụ\ssở)",
    r"phòng(?<!quốc\sphòng)",
    r"bộ(?! trưởng| đội| phận| máy)(?<!cán\sbộ)(?<!toàn\sbộ)(?<!nội\sbộ)",
    # Schools, health, culture
    r"nhà trường(?! \d)",
    r"trường(?<!nhà\strường)(?<!hiệu\strường)(?<!hội\strường)(?<!môi\strường)(?<!thị\strường)(?<!quảng\strường)",
    "học viện|đại học|viện(?! trưởng)|khoa(?! học| thư)|bệnh viện|trung tâm|trạm y tế|thư viện|bảo tàng|đài",
    # Firms
    "tổng công ty|công ty|tập đoàn|ngân hàng|bưu điện|viễn thông|điện lực|nhà máy|xí nghiệp|hợp tác xã|chi nhánh",
    "liên minh|quỹ|nông trường|lâm trường|cảng|nhà xuất bản|tạp chí|báo(?! cáo| chí)",
    # Unions and associations
    *(rf"{board}(?= \w)" for board in ("ban thường vụ", "ban chấp hành", "btv", "bch")),
    "công đoàn(?! viên(?! chức))|cđvc|tổng liên đoàn lao động|tổng liên đoàn|liên đoàn lao động",
    "tổng lđlđ|lđlđ|liên đoàn|liên hiệp(?: các tổ chức hữu nghị)?",
    "đoàn thanh niên|đoàn tncs|đtn|đoàn tn|đoàn khối|đoàn trường",
    rf"hội đồng (?:{_COUNCILS})",
    "(?:liên )?chi đoàn|chi hội(?! trưởng)|(?:liên|chi) đội(?! trưởng| viên)|cđcs",
    "hội đồng đội|phường đoàn|thị đoàn|đoàn cơ sở|tỉnh đoàn|thành đoàn|huyện đoàn|quận đoàn|xã đoàn",
    "câu lạc bộ|ban chỉ đạo|cụm thi đua|khối thi đua|giáo xứ|giáo phận|giáo hội",
    rf"hội(?<!đại\shội)(?<!xã\shội)(?<!(?<!toàn\s)quốc\shội)(?!{_NO_ASSOCIATION})",
    "ban giám hiệu|ban giám đốc|ban lãnh đạo|trung ương đoàn|trung ương hội|khối",
)
HEAD = rf"(?:{'|'.join(_HEADS)})(?!\w)"
"""What a body's name begins with."""

AREA = (
    r"(?:thành phố|tp\.?|tx\.|(?:tỉnh|huyện|quận)(?! ủy| đoàn)|thị xã|thị trấn|phường|xã(?! hội)|thôn|tổ dân phố"
    r"|khu phố)"
)
"""What an area's name begins with."""

WITH_CAPITAL = cue(
    r"(?:sở|phòng|cục|bộ|vụ|viện|khoa|báo|quỹ|cảng|đài|liên minh|khối|ngành|đoàn|ban|hội)(?!\w)"
)
"""Heads that are common words as well: they begin a name only with a capital."""

STOP = (
    r"(?:đã|vừa|sẽ|đang|cũng|được|bị(?<!thiết\sbị)(?<!chuẩn\sbị)|có|là|do|với|cho|để|nhằm|về|tại"
    r"|trong|trên|từ(?! điển| thiện)|theo"
    r"|năm(?! căn)|nhiệm kỳ|khóa|lần thứ|tổ chức|long trọng|trang trọng|trọng thể|tưng bừng|vui mừng|phối hợp"
    r"|tiến hành|khai mạc|bế mạc|diễn ra|tổng kết|sơ kết|triển khai|chủ trì|chủ tọa|phát biểu|trao"
    r"|tặng|khen|họp|nghe"
    r"|công bố|kiểm tra|vinh dự|thành công|đạt|gồm|và các|cùng|đại hội|hội nghị|hoàn thành|xếp loại"
    r"|tiếp tục|ban hành"
    r"|thực hiện|lãnh đạo|chỉ đạo|quan tâm|luôn|giao(?! thủy| thông)|đề nghị|yêu cầu|nhiệt liệt"
    r"|ghi nhận|biểu dương"
    r"|đánh giá|thống nhất|phấn đấu|cần(?! thơ| giờ| đước| giuộc)|phải|nên|không|chưa|khi|sau|trước"
    r"|đến|ngày|này|đó"
    r"|ta|mình|những|các đồng chí|đồng chí|ông|bà|kết nạp|thông qua|báo cáo|trình bày|đọc"
    r"|tham gia|tham dự|dự(?! phòng| trữ| án| báo| thảo)|thăm|bầu"
    r"|ra mắt|nhất trí|xây dựng|giữ|phát huy|nỗ lực|cử|mở|chúc mừng|chào mừng|thu được|kính|xin|hướng(?! hóa)|mà"
    r"|nhưng|hay|hoặc|cũng như|như(?! xuân| thanh)|qua|gửi|nhận|đón|làm|ký kết|quyết|thay mặt"
    r"|nêu|chỉ ra|bao gồm|trực thuộc"
    r"|thuộc|đóng trên|trong sạch|vững mạnh|tiêu biểu|xuất sắc|phát động|tập trung|thường xuyên"
    r"|nghiêm túc|xác định|kiểm điểm"
    r"|đầu(?! tư)|chủ động|kỳ(?= họp| thi| này| trước)"
    r"|giám sát|tiến tới|tuyên dương|vận động|và (?:giám đốc|chủ tịch|bí thư)|tham mưu"
    r"|đoàn kết(?=\s*,|\s+(?:thống nhất|nội bộ|cùng|với)(?!\w))"
    r"|(?<!phường\s)(?<!quận\s)\d+(?= (?:tháng|quý|tuần|năm (?:qua|liền|liên))(?!\w))|hôm(?= \d| nay| qua| sau)"
    r"|công nhận|đồng ý|đồng loạt|đại diện(?<!phòng\sđại\sdiện)|(?:thành )?lập(?= \d)"
    r"|đồng chủ|đồng tổ|của các|liên tục|ảnh(?=\s*:)"
    r"|quản lý(?= (?:là|tốt|chặt|với|trên|hơn|gần|\d))|phát triển(?= (?:mới|được|thêm|\d)))(?!\w)"
)
"""Words at which a name has ended: what the body does, where, when, to whom."""


def _words(*lines: str) -> frozenset[str]:
    return frozenset(fold(" ".join(lines)).text.split())


GENERIC = _words(
    "nhà trường công ty tổng bệnh viện đơn vị cơ quan ban giám hiệu giám đốc lãnh đạo đảng ủy bộ chi"
    " đoàn sở phòng",
    "tập thể ngành tỉnh huyện xã quận thành phố phường thường vụ chấp hành bch btv của khoa thị trấn"
    " thôn khối và",
    "cơ sở các cấp trực thuộc th thcs thpt mn mầm non tiểu học trung đại cao đẳng viện trên địa bàn ta này tâm",
)
"""Words that say what kind of body it is, not which."""

MEANINGLESS = frozenset(
    fold(
        "nhà trường|trường|trường học|đơn vị|cơ quan|tập thể|ban giám hiệu|ban giám đốc|ban lãnh đạo|công ty"
        "|bệnh viện|trung tâm"
        "|viện|ban giám hiệu nhà trường|khoa|phòng|sở|ngành|bộ|đảng ủy nhà trường|công đoàn nhà trường"
        "|ban giám đốc bệnh viện|tòa án|chi bộ|đảng bộ|đảng ủy|công đoàn|ban chấp hành|ban thường vụ"
        "|hội|tỉnh|huyện|xã|tạp chí|báo|đài|quỹ|ngân hàng|nhà xuất bản|thư viện"
        "|hội đồng nghiệm thu|hội đồng nghiệm thu đề tài|hội đồng nghiệm thu sáng kiến|hội đồng nghiệm thu sản phẩm"
        "|đảng bộ cơ sở|đảng ủy cơ sở|chi bộ cơ sở|chi đoàn|liên chi đoàn|chi hội|liên đội|chi đội|bch|btv"
        "|nhà máy|xí nghiệp"
    ).text.split("|")
)
"""Names that say nothing of which body it is."""

UNPLACED = frozenset(
    fold(
        "hội nông dân|hội phụ nữ|hội liên hiệp phụ nữ|hội lhpn|hội cựu chiến binh|hội ccb|hội khuyến học"
        "|hội người cao tuổi|hội nct|hội chữ thập đỏ|hội luật gia|hội đồng đội|đoàn thanh niên|đoàn tncs"
        "|đtn|đoàn tn|đoàn khối|ủy ban kiểm tra|ubkt|liên đoàn lao động|lđlđ"
        "|tổng liên đoàn|ban chỉ đạo|công đoàn cơ sở|đoàn cơ sở|văn phòng|quỹ hội|mttq|mặt trận tổ quốc"
        "|ủy ban mttq|ủy ban mặt trận tổ quốc|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|công an|ban tổ chức"
        "|hội đồng đánh giá|hội đồng tuyển chọn|hội đồng xét duyệt|hội đồng chấm"
        "|hội đồng tư vấn|hội đồng thi đua|hội đồng thi đua - khen thưởng"
        "|hội đồng thi đua khen thưởng|hội đồng khoa học|hội đồng trường"
        "|công đoàn ngành|cđcs"
    ).text.split("|")
)
"""Names of bodies that every place or level has one of: alone they do not say which."""

CENTRAL = cue(
    r"(?:(?:ban chấp hành|bch|ban thường vụ) )?trung ương(?: (?:hội|đoàn|đảng))?|bộ chính trị|ngành trung ương"
    r"|(?:ban chấp hành|bch) trung ương"
)
"""The country's own bodies: an article names them for their papers and awards. For a body's whole name."""

NAME_WORDS = _words(
    "tạo dục đẳng học tế lý hội chính nghiệp thông xã trị dân tin sinh niên nữ đoàn động thương sản thuế"
    " vụ sự hành cơ sở",
    "tỉnh huyện quận phường thành phố thị trấn nước an ninh điện lực xây dựng môi trường tài nguyên"
    " đất đai cộng đô",
    "văn hóa du lịch thể thao khoa công nghệ giao vận tải tư pháp ngoại ngữ kinh doanh quốc gia"
    " phòng vệ quân quản",
    "trung ương phổ thuật kỹ bệnh viện ban khối các quan và đơn vị nội bưu viễn cứu chiến binh nông"
    " phụ khuyến chữ",
    "thập đỏ luật báo sư liên hiệp nhân mặt trận tổ quốc dầu khí than khoáng cao su thực phẩm cổ"
    " phần trách nhiệm",
    "hữu hạn một thành viên thiết bị giám hiệu đốc mầm non tiểu thcs thpt nghề đào của thường đảng bộ ủy chi cấp",
    "đại biểu chuyên trực thuộc trường số liệu y dược mỹ âm nhạc họa sư phạm tổng ty khách hàng đầu"
    " phát triển nhà",
    "máy nhiên chất lượng vi tính tử lực trồng nuôi chăn thú lợi thái dương địa toán lý kê kiểm sát"
    " kho bạc bảo hiểm",
    "tàng luyện kim khí chế ngành hỗ trợ trang bổng",
    "ngân sách tài kế hoạch tư người khuyết tật tuổi trẻ em thiếu nhi đồng giải phóng sản lão mắt",
    "răng hàm ung bướu phổi tâm",
    "& thần nhiệt đới truyền máu huyết chỉnh hình phục hồi chức năng cổ giáo tham ngoài biên hải cảnh sát",
)
"""Words without a capital that a name goes on with: second syllables, levels, joining words."""

JOINING = _words("và & của các thuộc trực cấp ngành")
"""Words that only join: no name ends with one."""

TRADES = _words("than giày da may dệt su măng chè mía đường gốm sứ bia đá thép gỗ mỏ thủy điện vận tải")
"""Words behind which a firm's own name stands: Công ty Than Dương Huy, Công ty Giày Trần Phú."""
