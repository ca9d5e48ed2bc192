"""The words by which `sections` tells what a sentence is about, one named pattern a rule."""

from __future__ import annotations

from summarizer.article.cues import MEETING, Cue, cue
from summarizer.rules.names import OFFICE

_MEETING = rf"(?:{MEETING}|ngày hội)"
_AT_MEETING = (
    rf"(?:cũng )?(?:tại|trong|cuối|sau|kết thúc|nhân|mở đầu|bắt đầu|trước khi|đến với|trong khuôn khổ|phát biểu)"
    rf"(?: khi)?(?: [\w]+){{0,4}}? {_MEETING}"
)
HEADINGS = tuple(
    (kind, Cue(rf"(?:{words})(?!\w)"))
    for kind, words in (
        (
            None,
            r"hội nghị (?:tổng|sơ) kết(?! nhiệm)|hình ảnh|toàn cảnh|quang cảnh|danh sách|tin (?:khác|liên quan)",
        ),
        ("cause", r"nguyên nhân"),
        ("shortcoming", r"hạn chế|tồn tại|khuyết điểm|khó khăn|nhược điểm"),
        (
            "achievement",
            r"kết quả|thành tích|ưu điểm|nổi bật|đánh giá|tình hình thực hiện|đã đạt|thuận lợi",
        ),
        (
            "directive",
            r"phương hướng|nhiệm vụ|mục tiêu|giải pháp|chỉ tiêu|kiến nghị|đề xuất|kế hoạch|biện pháp",
        ),
    )
)
_ADDRESS = r"(?:các )?(?:đồng chí|đ/c|đ\.c|ông|bà|thầy|cô|em|anh|chị|ths|ts|pgs|gs|bs|nhà giáo|(?:đại|thượng|trung|thiếu) (?:tá|tướng|úy))"
PERSON_OPENS = cue(
    rf"(?:[^,;:.]{{3,110}}, ){{0,2}}?"
    rf"(?:((?:các )?(?:đồng chí|đ/c|đ\.c) (?:cũng|đề nghị|yêu cầu|nhấn|lưu|mong|kêu|đã|còn|khẳng|biểu dương|ghi nhận|đánh giá|chúc|chỉ|trong|phó|chủ tịch|bí thư))"
    rf"|(?:{_ADDRESS}|{OFFICE})(?!\w))"
)
MEETS = cue(
    rf"(?:[^;:.]{{3,160}}?, )?{_MEETING}(?! thi)(?:,? (?!đã|được|cũng|do|có|là|nhằm|còn|vinh|kết|khẳng|thống|xác|đề|quyết|kêu|nhất)[\w.()\-–]+){{0,16}}?"
    rf",? (?:đã |được |cũng |còn |vinh dự |cùng |tiến hành |tập trung |sôi nổi )*"
    rf"(?:nghe|thông qua|thảo luận|tổng kết|bầu|tổ chức|diễn ra|kết thúc|nhằm|là|do|có|khẳng định|thống nhất|nhất trí|công bố"
    rf"|biểu quyết|đón|dành|ghi nhận|đánh giá|chứng kiến|xem|trao|tặng|tuyên dương|khen|lấy|kiện|góp|đóng góp|tiếp thu|giới thiệu|khai mạc|bế mạc|hiệp thương|suy cử|tham luận|cho ý kiến)(?!\w)"
)
COURSE_OPENS = cue(
    r"(?:(?:đến|về|tới|tham|cùng|vinh dự) )*dự(?! kiến| thảo| án| toán| nguồn| báo)(?!\w)|tham gia (?:hội nghị|đại hội|buổi|lễ)"
    r"|thành phần|có mặt|chủ trì|chủ tọa|điều hành"
    r"|(?:trước khi )?(?:toàn cảnh|quang cảnh|một số hình ảnh|ảnh|hình ảnh)|(?:các |toàn thể )?đại biểu |ban [\w ]{3,40} ra mắt"
    r"|căn cứ (?:điều lệ|luật|kế hoạch|quyết định|hướng dẫn|công văn|vào kế)"
    r"|sau phần|sau khi nghe|hòa chung|trong không khí|(?:xin )?(?:kính )?chúc |xin cảm ơn|tạm biệt"
    rf"|{_AT_MEETING}"
)
COURSE = Cue(
    r"biểu quyết|bỏ phiếu|chủ trì (?:hội nghị|đại hội|buổi|cuộc)"
    r"|(?:tổ chức|diễn ra)(?: thành công| trọng thể| long trọng| buổi)* (?:hội nghị|đại hội|lễ|buổi lễ|tổng kết|sơ kết)"
    r"|(?:các )?đại biểu (?:đã|được|tham dự|dự|cùng|tham gia|thảo luận|đóng góp)"
    r"|phát biểu (?:ý kiến|khai mạc|chào mừng|cảm ơn)|ký kết giao ước"
    r"|ra mắt (?:đại hội|ban)|được bầu|bầu ra|tặng hoa|đoàn chủ tịch|chia làm \d+ tổ|đại biểu (?:chính thức|đương nhiên)"
)
COURSE_ENDS = Cue(
    r"(?:chủ trì|đến dự|về dự|tham dự|dự|chủ tọa|điều hành)(?: (?:hội nghị|đại hội|buổi lễ|cuộc họp)(?!\w)| (?:và|cùng) [^.;]{0,40})?\W*$"
)
REWARDS = Cue(r"(?:khen thưởng|bằng khen|giấy khen|tuyên dương|biểu dương|vinh danh|tôn vinh|cờ thi đua|huy hiệu|huân chương|kỷ niệm chương)(?!\w)")
ONLY_NAMED = Cue(
    r"(?:chỉ ra|chỉ rõ|đánh giá|nêu|phân tích|rút ra|xác định|nhìn nhận|làm rõ|thảo luận|nhìn lại)[^.;]{0,110}?"
    r"(?:hạn chế|tồn tại|khuyết điểm|nguyên nhân|bài học|phương hướng|kết quả (?:đã )?đạt được)"
)
NO_CONTENT_OPENS = cue(
    r"\W*(?:đây (?:thực sự |cũng |chính )?(?:là|sẽ là)|nhằm |với mục đích|mục đích|qua đó (?:tạo|góp)|[^,;.]{3,60} nhằm |để [^,:;]*$"
    r"|(?:tôi|chúng tôi) |(?:[^,;.]{3,40}, )?trước (?:năm \d|khi (?:thực hiện|có)|đây)|khi những |cảm ơn|danh sách|[^;.]{0,120}kết quả (?:cụ thể )?(?:như )?sau\s*:\s*$)"
)
NO_CONTENT = Cue(
    r"tôi (?:được|có|rất|đã|đến|cảm|cũng rất)|chính là phần thưởng|bày tỏ (?:sự )?(?:cảm ơn|vui mừng|tin tưởng)|diễn ra thường niên|kết thúc trong không khí"
    r"|thành công tốt đẹp"
)
NAMES_RESULTS = cue(r"(?:những|các) (?:thành tích|kết quả|thành quả|nỗ lực|đóng góp|cố gắng)(?![^.;]*:)")
CONTRASTS = cue(r"\W*(?:tuy nhiên|tuy vậy|song|nhưng|bên cạnh (?:đó|những|các|kết quả)|dù vậy|mặc dù vậy)")
TROUBLES = Cue(r"khó khăn|vướng mắc|hạn chế|bất cập|tồn tại|không có việc|chưa|thiếu|kéo dài")
REPORTED = Cue(r"(?:bài )?phát biểu|kết luận|báo cáo|thay mặt")
ACCORDING_TO = cue(rf"(?:cũng )?theo (?:{_ADDRESS}|báo cáo|đánh giá)(?!\w)[^,]{{0,120}}, ")
SAYS = Cue(
    r"(?:khẳng định|cho biết|cho thấy|nhấn mạnh|cho rằng|cho hay|nhận định|chia sẻ|nêu rõ|đánh giá|ghi nhận|biểu dương|thông tin|nói|chỉ rõ|báo cáo(?= kết quả))(?! của)(?!\w)(?: rằng| là|,|:)*"
)
PRAISES = cue(r"(?:ghi nhận|biểu dương|đánh giá cao|chúc mừng|cảm ơn)(?![^.;]* (?:trong việc|vì đã) )")
TO_DO = Cue(
    r"(?:(?<!để\s)đề nghị|(?<!ứng\s)(?<!đích,\s)(?<!đúng\s)(?<!theo\s)(?<!các\s)(?<!được\s)yêu cầu|kêu gọi|lưu ý|mong muốn|mong rằng|rất mong"
    r"|thống nhất chỉ đạo|chỉ đạo(?= các| tổ chức| đơn vị| toàn| ban| phòng)|kiến nghị|đề xuất"
    r"|xin hứa|cam kết)(?! của| công nhận| khen| tặng| kết nạp| đặt| nhiệm vụ của)(?!\w)"
)
SETS_AIMS = Cue(
    r"(?:đặt|đề)(?: ra)? (?:các |những |một số |\d+ )*(?:mục tiêu|chỉ tiêu|nhiệm vụ|phương hướng)(?! đã)(?!\w)"
    r"|xác định (?:các |những |một số |\d+ )*(?:mục tiêu|chỉ tiêu|nhiệm vụ)[^.;]{0,60}?(?:là|:)"
    r"|quyết tâm (?:thực hiện|phấn đấu|hoàn thành|xây)"
)
PLANS_OPENS = cue(
    r"(?:về |các |những |một số )*(?:phương hướng|mục tiêu|nhiệm vụ(?: trọng tâm)?|chỉ tiêu|giải pháp)"
    r"(?: (?:trọng tâm|nhiệm vụ|chủ yếu|chính|chung|tổng quát|cụ thể|trong|của|công tác))*"
    r" (?:năm|giai đoạn|nhiệm kỳ|thời gian|6|sáu|quý|là|:)"
    r"|(?:trong |bước sang |bước vào )?(?:thời gian tới|năm tới|nhiệm kỳ tới|năm học tới|những năm tới|(?:6|sáu|\d) tháng cuối năm|thời gian còn lại)"
    r"|(?:bước sang|bước vào) (?:năm|nhiệm kỳ|giai đoạn|quý)(?: học)? (?:mới|\d|tiếp)"
)
PLANS = Cue(
    r"(?:(?:thời gian|năm|nhiệm kỳ|năm học|giai đoạn) tới"
    r"|mục tiêu (?:tổng quát|chung|phấn đấu)|phấn đấu(?<!luôn\sphấn\sđấu)(?<!đã\sphấn\sđấu)(?<!lực\sphấn\sđấu)(?<!đua\sphấn\sđấu)"
    r"(?= (?:đến|có|hàng năm|hằng năm|mỗi năm|trong|giảm|nâng|tăng|trên|ít nhất|xây|hoàn thành|\d))"
    r"|sẽ(?= \w)(?! được tổ chức| diễn ra)|cần(?: phải)?(?= \w)(?! thơ| thiết| cù)"
    r"|hướng tới (?:hoàn thành|mục tiêu)|dự kiến (?:về|sẽ|trong))(?!\w)"
)
FALLS_SHORT = Cue(
    r"(?:(?:còn|vẫn|một số|những)(?: còn| gặp| nhiều| có| một số| những)* (?:tồn tại|hạn chế|khuyết điểm|bất cập|yếu kém|yếu|chậm|thấp|lúng túng|thiếu|khó khăn, vướng mắc)"
    r"|(?:chưa|không) (?:đạt(?! giải)|hoàn thành)|chưa (?!từng|đến|có tiền lệ|xếp loại|năm nào|đầy|kể|tính|bao giờ)\w+"
    r"|(?:bị|thi hành|xử lý) kỷ luật|khiển trách|khai trừ|vi phạm|trượt|thiếu (?:nghiêm trọng|hụt|cán bộ|giáo viên)|bị cảnh cáo|quá nhiều|hạn chế(?= là|:))(?!\w)"
)
NO_SHORTCOMING = Cue(
    r"không (?:có|để xảy ra|xảy ra)|(?:giỏi|khá|tốt)(?!\w)[^.;]{0,80}(?:yếu|trung bình|kém)|chống (?:các )?(?:hành vi )?vi phạm"
)
MENDED = Cue(r"(?:bổ sung|khắc phục|tháo gỡ|vượt qua|giảm)[^.;]{0,60}?(?:thiếu|hạn chế|khó khăn|vướng mắc)")
CAUSES = Cue(
    r"nguyên nhân[^.;]{0,60}?(?:là|do|:)|(?:là|chủ yếu|chủ yếu là) (?:do|dựa trên|xuất phát từ)|lý do là|bởi (?:vì )?\w"
)
DONE = Cue(
    r"(?:(?<!quả\s)(?<!tích\s)(?<!tựu\s)(?<!gì\s)đã(?! đề ra| được giao| xác định| qua(?! \d))|luôn|ngày càng|từng bước|năm qua|vừa qua|thời gian qua|(?:năm học|nhiệm kỳ) qua"
    r"|(?<!năm\s)trong năm(?! tới| học| \d)|từ đầu (?:năm|nhiệm kỳ)|thu được|với những (?:kết quả|thành tích))(?!\w)"
)
MAY_BE_DONE = Cue(
    r"(?:được(?! giao)|đạt|hoàn thành|vượt|tăng|giảm|kết nạp|thành công|hiệu quả|chuyển biến|tích cực|có \d+|nổi bật|tiếp tục (?:thực hiện|đổi mới|triển khai))(?!\w)"
)
COMPOSED = cue(
    r"tổng số [^.;:]{0,60}:?\s*\d|(?:hiện nay|hiện|toàn trường|toàn đảng bộ|đảng bộ|chi bộ|nhà trường|trường)(?!\w)(?![^.;]*(?:đạt|tăng|giảm|vượt|kết nạp|được|giải))[^.;]{0,80}? (?:có|gồm|là)\s*:?\s*\d"
)
IMPERATIVE = cue(
    r"(?:bên cạnh đó, |đồng thời,? |đặc biệt,? )?(?:tiếp tục|tập trung|nâng cao|tăng cường|đẩy mạnh|phấn đấu|quyết liệt|chú trọng|chủ động|quan tâm|thực hiện(?! (?:kế hoạch|chỉ thị|nghị quyết|công văn|hướng dẫn|quyết định))|làm tốt|xây dựng|đổi mới|phát huy|phát triển|giữ vững|duy trì|chỉ đạo)(?!\w)"
)
