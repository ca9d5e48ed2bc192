"""The counts of a text: each case is a text with every number that counts marked, `[12|party_cell good target]`."""

from __future__ import annotations

import re

import pytest

from summarizer.article.article import take_apart
from summarizer.sources.document import Document
from tests.by_rules import counts_of

_MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")


def marked(text: str) -> str:
    """The text with its counts marked as the cases are."""
    article = take_apart(Document("text", text))
    for count in reversed(counts_of(article)):
        status = "target" if count.status == "target" else None
        said = " ".join(filter(None, (count.subject, count.grade, status)))
        text = f"{text[: count.at]}[{count.text}|{said}]{text[count.at + len(count.text) :]}"
    return text


@pytest.mark.parametrize(
    "case",
    [
        # numbers that belong to a name
        "Tổng công ty Phát điện 2 có [27|award] Bằng khen.",
        "Công ty Điện lực 3 có [15|research] sáng kiến; Công ty Than 2 có [10|union_member] đoàn viên.",
        "Công ty Truyền tải điện 4 được tặng [3|award] bằng khen.",
        "Nông trường 5 có [12|party_member] đảng viên.",
        "Công nhân kéo đường dây 500kV mạch 3 Quảng Trạch - Phố Nối.",
        "Khánh thành trạm biến áp 220kV Phố Nối và đường dây 110kV.",
        "Hội nghị diễn ra tại phòng 202 nhà D trường Đại học.",
        "Hội nghị diễn ra tại phòng họp 502 nhà V.",
        "Hội nghị diễn ra tại hội trường 202 nhà D.",
        "Chương trình “1 triệu sáng kiến” của Tổng Liên đoàn.",
        "Phong trào “1 triệu cây xanh” được triển khai.",
        "Xí nghiệp may 2 có [40|union_member] đoàn viên.",
        "Nhà máy nhiệt điện 2 có [12|staff] kỹ sư.",
        "Công ty Điện lực Hà Nam có [2|award] bằng khen.",
        "Chi bộ hoàn thành [10/10|other] nội dung, [10/10|other] tiêu chí.",
        "Huyện dẫn đầu khối [9|other] huyện miền núi; khen [12|party_member] đảng viên sau đây.",
        "Nhân dân chỉnh trang [5|other] vườn tạp; [3|collective] CĐ cơ sở được khen.",
        "Phòng Giáo dục có [3|staff] cán bộ.",
        "Chi nhánh có [2|party_member] đảng viên mới.",
        "Công ty có [2|collective] phân xưởng.",
        # a share has its own rating, or a title and none
        (
            "Có [100|staff good]% cán bộ hoàn thành tốt nhiệm vụ, trong đó [40|staff excellent]% đạt "
            "xuất sắc, [15|staff]% đạt danh hiệu chiến sĩ thi đua cấp cơ sở, [10|staff]% đạt danh hiệu "
            "thi đua cấp tỉnh."
        ),
        (
            "[95|staff good]% viên chức hoàn thành tốt nhiệm vụ, [15|staff]% đạt danh hiệu chiến sĩ thi "
            "đua cơ sở, [70|staff]% đạt danh hiệu lao động tiên tiến."
        ),
        (
            "[100|party_member good]% đảng viên hoàn thành tốt nhiệm vụ, trong đó [20|party_member "
            "excellent]% xuất sắc."
        ),
        "[100|staff good]% cán bộ hoàn thành tốt nhiệm vụ; [12|staff]% đạt chiến sĩ thi đua.",
        # who votes has no grade
        "[100|party_member]% đảng viên thống nhất Chi bộ nhà trường đạt mức xếp loại hoàn thành tốt nhiệm vụ.",
        "[100|party_member]% đảng viên nhất trí đề nghị công nhận Chi bộ hoàn thành tốt nhiệm vụ.",
        "[12|party_member]  đảng viên bỏ phiếu xếp loại chi bộ hoàn thành xuất sắc nhiệm vụ.",
        "[5|party_cell excellent] chi bộ được đề nghị công nhận hoàn thành xuất sắc nhiệm vụ.",
        # millions of things are no money
        "Sản lượng điện thương phẩm đạt [17,3|other] tỷ kWh.",
        "Nhà máy bán [2|other] tỷ viên gạch.",
        "Doanh thu đạt [17,3|money] tỷ.",
        "Doanh thu đạt [17,3|money] tỷ, tăng [5|other]%.",
        "Tổng kinh phí [2|money] tỷ trong đó ngân sách tỉnh [1|money] tỷ.",
        # awards in short
        (
            "Tổng công ty Điện lực miền Trung có [52|award] Bằng LĐST; Tổng công ty Truyền tải điện Quốc "
            "gia có [34|award] Bằng LĐST."
        ),
        "Được tặng [3|award] Bằng LĐST, [4|award] bằng khen.",
        "Công đoàn được tặng [5|award] BK và [12|award] GK.",
        # what is carried out is not what a share is of
        "Đảng bộ hoàn thành vượt kế hoạch được giao; tốc độ tăng trưởng bình quân đạt [10,81|other]%/năm.",
        "Chi bộ thực hiện tốt Nghị quyết; tốc độ tăng trưởng đạt [12|other]%.",
        "Học sinh hoàn thành chương trình lớp 5, tỷ lệ đỗ đạt [100|learner]%.",
        # number words
        "Đảng bộ hiện có tổng số [năm|party_cell] chi bộ trực thuộc.",
        "Đảng ủy thành lập thêm [một|party_organization] Đảng bộ bộ phận.",
        "Thành lập mới [một|party_cell] chi bộ.",
        # days that share their month
        "Trong hai ngày, 25 và 26.5, Đảng bộ tổ chức Đại hội.",
        "Trong 2 ngày, 25 và 26/5/2020, Đảng bộ tổ chức Đại hội.",
        # what a rate is of may stand far before it
        (
            "Tỷ lệ đoàn viên được xếp loại hoàn thành tốt nhiệm vụ trở lên trong nhiệm kỳ đạt trên "
            "[93|union_member good]%."
        ),
        "Tỷ lệ chi bộ được xếp loại hoàn thành tốt nhiệm vụ trở lên trong nhiệm kỳ đạt [95|party_cell good]%.",
        # admissions, all of something, degrees
        "Có [12|party_member] quần chúng ưu tú vinh dự đứng vào hàng ngũ của Đảng.",
        "Có [28|party_member] quần chúng là CBCNV tiêu biểu được kết nạp Đảng.",
        "Hiện có [8|staff] bác sĩ, [14|staff] chuyên khoa cấp I.",
        # what is striven for, committed to
        (
            "Nhiệm kỳ 2020-2025, Đảng bộ phấn đấu đạt và vượt các mục tiêu: kết nạp [50|party_member "
            "target] đảng viên."
        ),
        (
            "Chi bộ phấn đấu hoàn thành và hoàn thành vượt mức các chỉ tiêu: kết nạp [50|party_member "
            "target] đảng viên."
        ),
        "Phấn đấu đạt và vượt [95|party_cell good target]% chi bộ hoàn thành tốt nhiệm vụ.",
        "Các đơn vị cam kết thực hiện [743|research target] sáng kiến trong năm.",
        "Đăng ký thực hiện [25|other target] công trình và cam kết kết nạp [10|party_member target] đảng viên.",
        # parts in brackets, and what goes on behind them
        (
            "Toàn huyện có [51|party_organization] tổ chức cơ sở đảng, trong đó: Hoàn thành xuất sắc "
            "nhiệm vụ [08|party_organization excellent] (có [01|party_organization excellent] đảng bộ và "
            "[07|party_cell excellent] chi bộ), chiếm tỷ lệ [15,67|party_organization excellent]%; Hoàn "
            "thành tốt nhiệm vụ [35|party_organization good] (có [07|party_organization good] đảng bộ và "
            "[28|party_cell good] chi bộ), chiếm tỷ lệ [68,62|party_organization good]%."
        ),
        (
            "[8|party_organization excellent] tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ "
            "([01|party_organization excellent] đảng bộ và [07|party_cell excellent] chi bộ), chiếm "
            "[15,67|party_organization excellent]%."
        ),
        (
            "[60|party_member excellent] đảng viên hoàn thành xuất sắc nhiệm vụ (trong đó có "
            "[20|party_member excellent] đảng viên nữ), chiếm [12|party_member excellent]%."
        ),
        (
            "Có [12|party_cell] chi bộ; hoàn thành tốt nhiệm vụ [9|party_cell good] (gồm [5|party_cell "
            "good] chi bộ thôn và [4|party_cell good] chi bộ cơ quan), chiếm [75|party_cell good]%."
        ),
        # bodies that their heading or sentence names in full
        (
            "Đối với chi bộ trực thuộc đảng ủy, có [147/147|party_cell] tổ chức được đánh giá, xếp loại, "
            "đạt [100|party_cell]%; trong đó: Hoàn thành xuất sắc nhiệm vụ [28|party_cell excellent], "
            "chiếm [19,04|party_cell excellent]%; hoàn thành tốt nhiệm vụ [100|party_cell good], chiếm "
            "[68,02|party_cell good]%."
        ),
        (
            "Về chi bộ trực thuộc: có [147|party_cell] đơn vị được xếp loại; hoàn thành xuất sắc nhiệm "
            "vụ [28|party_cell excellent]."
        ),
        (
            "Đối với đảng bộ cơ sở: có [12|party_organization] tổ chức được đánh giá, hoàn thành tốt "
            "nhiệm vụ [10|party_organization good]."
        ),
        (
            "Kiểm tra [12|party_organization] tổ chức đảng và [20|party_member] đảng viên, giảm "
            "[3|party_organization] tổ chức và [4|party_member] đảng viên."
        ),
        (
            "Kiểm tra [450|party_organization] tổ chức đảng và [206|party_member] đảng viên (tăng "
            "[230|party_organization] tổ chức và [124|party_member] đảng viên so với cùng kỳ)."
        ),
        (
            "Kết quả xếp loại tổ chức đảng cấp huyện, có [51/51|party_organization] tổ chức đánh giá, "
            "xếp loại, trong đó: Hoàn thành xuất sắc nhiệm vụ [08|party_organization excellent]."
        ),
        # growth of a sum is no sum
        "Dư nợ đạt [84|money] tỷ đồng, giảm [3|other]% so với cùng kỳ.",
        "Tổng kinh phí là [444|money] tỉ đồng (tăng [61,96|other]% so với năm 2021).",
        # plans announced, run on over lines, and met
        (
            "Đại hội thông qua nghị quyết nhiệm kỳ mới với một số chỉ tiêu chủ yếu: thu ngân sách tăng "
            "[5|other target]%, kết nạp [10|party_member target] đảng viên."
        ),
        (
            "Phấn đấu trong năm tới:\n- Kết nạp [10|party_member target] đảng viên;\n- [100|party_cell "
            "good target]% chi bộ hoàn thành tốt nhiệm vụ."
        ),
        "Nhiều chỉ tiêu đạt và vượt kế hoạch như: kết nạp [12|party_member] đảng viên, đạt [120|other]% chỉ tiêu.",
        "Một số chỉ tiêu vượt kế hoạch: phát triển [300|union_member] hội viên.",
        "Huyện Đoàn đặt ra [9|other target] chỉ tiêu cơ bản để phấn đấu.",
        "Nhiều chỉ tiêu trong nghị quyết đạt và vượt như tổng sản lượng được [6.040|other] tấn.",
        # children at school and elsewhere
        "Nhận đỡ đầu [53|individual] trẻ em có hoàn cảnh khó khăn.",
        "Tiêm chủng cho [339.945|individual] trẻ, đạt [98|individual]%.",
        "Tặng quà [30|individual] cháu khuyết tật.",
        "Trường có [120|learner] trẻ, chia làm [5|class] lớp.",
        "Trường mầm non có [250|learner] cháu.",
        # a bracket between a number and its noun
        "Kết nạp [120|party_member] (tăng [10|party_member]% so với năm 2021) đảng viên.",
        "Thực hiện hơn [26.400|other] (tăng [9,56|other]% so với năm 2021) công trình thanh niên.",
        # comrades under a heading
        (
            "Đối với cá nhân cán bộ lãnh đạo, quản lý có [352/353|staff] đồng chí được kiểm điểm, chiếm "
            "[99,43|staff]%."
        ),
        "Đối với viên chức quản lý có [25/26|staff] đồng chí, đạt [96|staff]%.",
        # parts told by their level
        (
            "Có [219|collective] tập thể được kiểm điểm, trong đó cấp huyện [54|collective], cấp cơ sở "
            "[165|collective]."
        ),
        # shares with a subject of their own
        "Đẩy mạnh phong trào thi đua, giá trị sản xuất tăng [12|other]%.",
        "Tổ chức hội nghị, doanh thu tăng [12|other]%.",
        # feasts, slogans, per mille
        "Kỷ niệm ngày Thương binh - liệt sĩ 27.7 và tặng [10|other] suất quà.",
        # how often, and two counts beside a slash
        "Họp 2 buổi/tháng, 3 lần/2 năm; tuyên truyền [125|event] buổi/[4.500|individual] lượt người.",
        # classes of what is counted
        "Có [25|research] sáng kiến, trong đó [10|research] loại A, [15|research] loại B.",
        "Nhân ngày Quốc tế Phụ nữ 8.3.",
        "Xây dựng gia đình 5 không, 3 sạch.",
        "Tỷ suất sinh thô [0,3|other]%0/năm.",
        # bodies cut short, not yet rated
        "Hộ gia đình đạt tiêu chuẩn văn hóa [85|individual]% trở lên.",
        "Có [80|collective clean_strong]% liên, chi đội đạt vững mạnh.",
        "Có [4|party_cell unrated] chi bộ mới thành lập chưa đủ thời gian đánh giá, phân loại.",
        # a total behind its parts
        # papers of journals and pieces of news
        (
            "Năm 2023, Trường Đại học Vinh có [120|research] bài báo quốc tế, trong đó [80|research] bài "
            "thuộc danh mục Scopus và [40|research] bài đăng trên tạp chí trong nước."
        ),
        (
            "Công bố khoa học của Viện tăng mạnh: [35|research] bài đăng tạp chí quốc tế, [50|research] "
            "bài trong nước."
        ),
        "Trang thông tin của Đảng bộ đăng [120|document] tin, [45|document] bài về công tác xây dựng Đảng.",
        # HV of an association, and of a class
        # schools with a number
        "Trường Mầm non 12 tổ chức hội nghị tuyên dương [45|staff] giáo viên.",
        "Trường Mầm non 12 đã phát động phong trào thi đua với [45|staff] giáo viên tham gia.",
        "Năm qua, Trường Tiểu học 3 có [25|staff] giáo viên giỏi.",
        "Trường Mầm non 3/2 tổ chức Đại hội chi bộ với [15|party_member] đảng viên.",
        # documents behind a bracket
        (
            "Thành ủy tổng kết 10 năm thực hiện Nghị quyết (NQ) 28 về xây dựng tổ chức Đảng, thành lập "
            "[311|party_organization] tổ chức đảng."
        ),
        "Tỉnh ủy sơ kết Chỉ thị (CT) 05 với [10|collective] tập thể được khen thưởng.",
        "Huyện ủy sơ kết thực hiện Kết luận (KL) 21 và Quy định (QĐ) 37, kỷ luật [4|party_member] đảng viên.",
        "Sơ kết Đề án (ĐA) 06 trên địa bàn, cấp [120|other] căn cước.",
        # rates behind a grade
        "Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ ngày càng cao, năm 2020 đạt trên [98|party_member good]%.",
        "Tỷ lệ đảng viên tổ chức đảng hoàn thành tốt nhiệm vụ đạt [98|party_member good]%.",
        "Tỷ lệ học sinh khá giỏi năm sau cao hơn năm trước, năm 2020 đạt [75|learner]%.",
        "Tỷ lệ đảng viên hoàn thành tốt nhiệm vụ ngày càng cao, đạt trên [98|party_member good]%.",
        # committees
        "Đại hội Hội Cựu chiến binh trường đã bầu [7|individual] đồng chí vào BCH mới.",
        "Hội CCB xã tổ chức đại hội, [7|individual] đồng chí được bầu BCH mới.",
        "Đại hội Công đoàn trường bầu Ban Chấp hành gồm [11|individual] đồng chí.",
        "Đại hội Đoàn trường bầu BCH khóa mới gồm [15|individual] đồng chí.",
        # days of a broadcast
        "Đảng ủy Quân sự tỉnh sơ kết 5 năm thực hiện Chỉ thị 05 (CTTS 20-4), khen [5|collective] tập thể.",
        "Đảng bộ tỉnh kết nạp [50|party_member] đảng viên (TTV 15-7).",
        # set expressions
        "Mô hình “2 trong 1” được [12|party_cell] chi bộ áp dụng.",
        "Sinh hoạt chi bộ theo hình thức 3 trong 1 tại [8|party_cell] chi bộ.",
        "Phương châm 4 tại chỗ được [20|collective] đơn vị thực hiện.",
        # solutions of a contest
        (
            "Trường có [20|other] giải pháp tham gia Hội thi Sáng tạo kỹ thuật, trong đó [14|other] giải "
            "pháp đạt giải cấp tỉnh."
        ),
        "Công đoàn có [35|other] giải pháp dự thi, [6|other] giải pháp đạt giải.",
        "Hội thi nhận được [52|other] giải pháp của các tác giả.",
        "Đại hội đề ra 6 giải pháp và 3 nhiệm vụ đột phá; chi bộ có [12|party_member] đảng viên.",
        # bodies with a number
        "Đây là chi bộ cơ sở 120 của Đảng bộ Khối, có [15|party_member] đảng viên.",
        "Chi hội 5 và Chi đoàn 3 có [40|union_member] đoàn viên.",
        "Chi bộ cơ sở 5 tổ chức đại hội.",
        "Hội cơ sở 12 được tặng cờ.",
        # totals told in another word
        "Thành lập mới [6|party_cell] chi bộ, nâng tổng số chi bộ trực thuộc lên [19|party_cell] đơn vị.",
        "Kết nạp [29|party_member] đảng viên, nâng tổng số đảng viên lên [189|party_member] người.",
        "Nâng tổng số trường đạt chuẩn quốc gia lên [45|school] đơn vị.",
        # houses
        "Hội đã xây dựng [26|other] nhà “Mái ấm tình thương” cho hội viên nghèo.",
        "Trong năm đã hỗ trợ xây [12|other] nhà “Đại đoàn kết”.",
        "Xây mới [5|other] nhà “Nghĩa tình đồng đội” và sửa chữa [7|other] nhà cho cựu chiến binh.",
        "Đoàn Thanh niên đã trao [3|other] nhà “Nhân ái” trị giá [150|money] triệu đồng.",
        # cases and people in them
        # shares of all
        "Toàn huyện có [120|union_member] hội viên tham gia, chiếm [30|union_member]% so với số hội viên hiện có.",
        "Có [45|party_cell] chi bộ tổ chức, đạt [90|party_cell]% so với số chi bộ toàn đảng bộ.",
        "Kết nạp [20|party_member] đảng viên, đạt [5|party_member]% so với số đảng viên đầu năm.",
        "Có [300|learner] học sinh giỏi, đạt [40|learner]% so với số học sinh toàn trường.",
        # bases of a body
        "Trong đó, khu vực ngoài nhà nước có [38|party_organization] cơ sở đảng.",
        # what they were given
        (
            "Cấp ủy các cấp đã xử lý kỷ luật [20|party_member] đảng viên vi phạm (với các hình thức: "
            "[17|party_member] khiển trách; [2|party_member] cảnh cáo)."
        ),
        (
            "Đã thi hành kỷ luật [45|party_member] đảng viên, trong đó [30|party_member] khiển trách, "
            "[10|party_member] cảnh cáo, [2|party_member] cách chức, [3|party_member] khai trừ."
        ),
        (
            "Đã kỷ luật [45|party_member] đảng viên: khiển trách [30|party_member], cảnh cáo "
            "[10|party_member], khai trừ [5|party_member]."
        ),
        (
            "Kỷ luật [3|party_organization] tổ chức đảng ([2|party_organization] khiển trách, "
            "[1|party_organization] cảnh cáo)."
        ),
        # not rated
        (
            "Có [125|party_member excellent] đảng viên HTXSNV, [579|party_member good] đảng viên HTTNV; "
            "[33|party_member unrated] đảng viên không tham gia đánh giá, xếp loại do chưa đủ thời gian."
        ),
        (
            "Có [10|party_member good] đảng viên hoàn thành tốt nhiệm vụ; [2|party_member unrated] đảng "
            "viên chưa tham gia đánh giá, xếp loại."
        ),
        (
            "Có [10|party_member good] đảng viên hoàn thành tốt nhiệm vụ; [2|party_member unrated] đảng "
            "viên không được đánh giá, xếp loại."
        ),
        (
            "Có [10|party_cell good] chi bộ hoàn thành tốt nhiệm vụ, [1|party_cell unrated] chi bộ không "
            "thuộc diện đánh giá, xếp loại."
        ),
        # targets that were met
        (
            "Trong nhiệm kỳ 2016-2021, các cấp hội đã luôn bám sát nghị quyết đại hội; nỗ lực phấn đấu "
            "hoàn thành đạt và vượt [7/7|other] chỉ tiêu đề ra."
        ),
        "Năm qua, hội đã nỗ lực phấn đấu hoàn thành [10/10|other] chỉ tiêu.",
        (
            "Cán bộ, hội viên phấn đấu đạt và vượt [9/9|other] chỉ tiêu đề ra. Trong năm kết nạp được "
            "[50|union_member] hội viên."
        ),
        "Tập thể nhà trường đã đoàn kết, phấn đấu hoàn thành xuất sắc nhiệm vụ, có [12|staff] giáo viên giỏi.",
        # slips of a page
        "Năm 5 qua, phong trào phụ nữ có nhiều chuyển biến tích cực.",
        "Năm 10 qua, hội có nhiều đổi mới.",
        # whose committee it is
        (
            "Đại hội đã bầu Ban Chấp hành nhiệm kỳ 2016 - 2021 gồm [25|individual] đồng chí; bầu đoàn "
            "đại biểu dự Đại hội đại biểu phụ nữ tỉnh gồm [22|individual] đồng chí."
        ),
        # a word that ends as a kind of body does, abbreviations that lead to their number, stamps of a page
        "Các cấp Hội đã giúp gần [3|individual] nghìn hộ nghèo.",
        "Trường có [27|staff] cán bộ, giáo viên. CBQL: [02|staff]; GV: [16|staff].",
        "Tọa đàm ngày thầy thuốc\n\nĐăng ngày:2/26/2019 9:45:35 AM\n\nHội khen [5|union_member] CĐV.",
        "Kỷ niệm Quốc khánh 2/9 nước ta, chi bộ trồng [20|other] cây.",
        "Chuyên đề giai đoạn 2021-2025\nCăn cứ vào tình hình, trường mở [5|class] lớp.",
        # a percentage that is the share of a fraction, whatever stands between; abbreviations; files
        "Có [45/60|individual] hộ hội viên đạt [6|other] tiêu chí = [75|individual]%.",
        "[18/24|staff] VC, NLĐ có trình độ trên chuẩn (tỷ lệ [75|staff]%).",
        "Toàn xã có [120|individual] hộ / [512|individual] khẩu.",
        "Danh hiệu: CSTĐ cơ sở [20|individual]%.",
        "Trường có [9|class] nhóm, lớp; tiếp nhận [210|other] hồ sơ.",
        "Mỗi tổ sinh hoạt tối thiểu 45 phút/buổi.",
        # people by whom their sentence is of
        (
            "Xếp loại viên chức cuối kỳ: hoàn thành xuất sắc nhiệm vụ [7|staff excellent] người, "
            "hoàn thành tốt nhiệm vụ [21|staff good] người."
        ),
        "Trường thiếu [12|staff] giáo viên so với định mức, chủ yếu ở bậc tiểu học ([8|staff] người).",
        "Biên chế giảm [4|staff] người.",
        "Kết nạp [15|union_member] hội viên mới, nâng tổng số lên [640|union_member] người.",
        "Tổng số hội viên là [320|union_member] chị.",
        "Giới thiệu [6|union_member] hội viên cho Đảng, kết nạp được [3|party_member] chị.",
        "Có [12|staff excellent] CC, VC hoàn thành xuất sắc nhiệm vụ.",
        # plans in a bracket, and what is asked for
        "Kết nạp [4|party_member] đảng viên (nghị quyết đề ra [5|party_member target]).",
        "Doanh thu đạt [40|money] tỷ đồng, vượt kế hoạch giao ([38|money target] tỷ đồng).",
        "Đồng chí Lê Văn An lưu ý đơn vị phải mở [3|class target] lớp tập huấn.",
        "Vốn chương trình mục tiêu còn chậm, [4/9|other] công trình chưa khởi công.",
        # what is done in a sentence that tells of targets, and what else is aimed at
        (
            "Đại hội thống nhất thực hiện các chỉ tiêu nhiệm kỳ 2022-2025: kết nạp [4|party_member target] "
            "đảng viên."
        ),
        "Đại hội thông qua các chỉ tiêu: [95|individual target]% hộ đạt gia đình văn hóa.",
        "Đơn vị được giao chỉ tiêu [120|staff target] lao động, đã tuyển [118|staff] lao động.",
        "Mục tiêu có [80|individual target]% hộ đạt chuẩn; thực hiện đến nay đạt [85|individual]%.",
        "Với sự phấn đấu của tập thể, trường có [25|learner] học sinh giỏi.",
        "Hội dự kiến mở [2|class target] lớp nghề; xây dựng được [6|other] mái ấm.",
        # names that end in a number
        "Chi bộ ấp Hòa Bình 2, xã Tân Lập tổ chức đại hội.",
        "Đảng viên Chi bộ ấp Hòa Bình 2 bầu cấp ủy chi bộ.",
        "Thôn Đoài kết nạp [2|party_member] đảng viên.",
        # what a percentage is of
        "Tăng [5|collective]% trên tổng số cơ sở kinh doanh.",
        "Xét xử [93|other] vụ với [178|individual] bị cáo, đạt [97,7|other]% về số vụ.",
        "Tỷ lệ hộ nghèo còn [3,2|individual]%; tỷ lệ che phủ rừng [52|other]%.",
        "Công đoàn có [40|union_member] đoàn viên; hỗ trợ [100|other]% vé xe về quê.",
        # a task that was finished, and delegates who may vote, have no grade
        "Có [1|collective] đơn vị hoàn thành nhiệm vụ xây dựng nông thôn mới.",
        "Thẩm tra [150|individual] đại biểu đủ tư cách.",
        # a part that failed beside one that finished
        (
            "Đảng viên hoàn thành tốt [75|party_member good]%, hoàn thành nhiệm vụ "
            "[6|party_member completed]%, không hoàn thành [1|party_member not_completed]%."
        ),
        # whom people stand for
        "Có [12|party_member] chị được kết nạp Đảng.",
        "Số lao động là [3.443|staff] người (giảm [131|staff] người); trong đó nữ [1.317|staff] người.",
        "Khen [12|individual] cá nhân là cán bộ hội.",
        (
            "Đảng bộ có [9|party_cell] chi bộ. Đại hội bầu Ban Chấp hành Hội LHPN xã gồm "
            "[15|individual] đồng chí."
        ),
        "Chi hội trưởng, chi hội phó của [13|collective] chi hội dự họp.",
        # a total behind what it is of
        "Tổng số hội viên của [12|collective] chi hội là [1.245|union_member].",
        "Khối lượng việc tăng do mưa bão lớn, biên chế giảm [3|staff] người.",
        "Thu giữ [6,694|other] gam ma túy.",
        "Đoàn viên trong độ tuổi 18 - 35 là [1.250|union_member] người.",
        "Cán bộ hội ở cơ sở hiện nay là [45|staff] người.",
        "Số thành viên tăng, thêm [2036|collective] hợp tác xã.",
        # votes
        "Đ/c Lê Thị Hoa ([26/27|other]) và đ/c Trần Văn Bình ([25/27|other]) được bầu làm Phó Bí thư.",
        "Bà Hoa trúng cử với số phiếu [116/118|other] và [113/118|other].",
        # each part of a list counts what it names, whatever the whole is of and whatever comes next
        (
            "Tổng số đại biểu là [119|individual], trong đó doanh nghiệp là [5|collective] "
            "(chiếm [4,2|collective]%), hội viên là [3|union_member] ([2,5|union_member]%)."
        ),
        (
            "Cơ cấu gồm cán bộ hội là [45|staff] người ([37,8|staff]%), hội viên là [3|union_member] người "
            "([2,5|union_member]%)."
        ),
        "Tổng số học sinh của [12|class] lớp là [420|learner], giáo viên là [25|staff].",
        # what is only told of those counted in front of a number
        "Số học sinh tham gia các hoạt động, phong trào là [450|learner].",
        "Có [120|learner] học sinh, trong đó dân tộc Mông: [12|learner].",
        "Cán bộ được bố trí đúng vị trí việc làm đạt [100|staff]%.",
        "Đoàn viên trong lực lượng vũ trang chiếm [12|union_member]%.",
        # a task is finished well as those are graded who finish it
        "Khen thưởng [3|party_cell excellent] chi bộ hoàn thành xuất sắc nhiệm vụ xây dựng Đảng.",
        # whom a body elects behind a delegation
        "Bầu đoàn đại biểu đi dự đại hội và bầu Ban Chấp hành Đảng bộ gồm [15|party_member] đồng chí.",
        # a year beside words that may lead to a count
        "So với 2023 tăng [5|other]%; kế hoạch cho 2024 rất cao.",
        # whose share it is begins their part of the sentence
        "Đảng viên trong doanh nghiệp chiếm [12|party_member]%.",
        "Hội viên Hội Người cao tuổi đạt [85|union_member]%.",
        # ratings that are no grades, and one that is only said at the end
        "Chi đoàn vững mạnh: [12|collective clean_strong]; khá: [5|collective].",
        "Chi hội đạt vững mạnh chiếm [85|collective clean_strong]%, trung bình [15|collective]%.",
        (
            "Có [50|party_cell good] chi bộ hoàn thành tốt, [10|party_cell completed] chi bộ hoàn thành và "
            "[1|party_cell not_completed] chi bộ không hoàn thành."
        ),
        # what grew is what the percentage is of, but by a plan
        "Số hội viên tăng [5|union_member]% so với năm trước.",
        "Quy mô sinh viên tăng [33,8|learner]% so với đầu nhiệm kỳ.",
        "Hộ nghèo giảm [2|individual]% so với năm trước.",
        "Doanh thu tăng [12|other]% so với năm trước; lợi nhuận đạt [120|other]% so với kế hoạch.",
        # who came how often
        (
            "Viện tiếp nhận [1.200|individual] lượt bệnh nhân, trong đó khám tại viện là [800|individual] lượt. "
            "Số bệnh nhân nội trú là [190|individual] lượt."
        ),
        "Đơn vị tuần tra [312|event] lượt.",
        # whom comrades beside others of a body, or behind another's, stand for
        (
            "Bầu Ban Chấp hành Hội Nông dân gồm [24|individual] ủy viên, trong đó [10|individual] ủy viên "
            "đại diện các ban Đảng."
        ),
        "BCH Đảng bộ gồm [15|party_member] đồng chí, BCH Hội Phụ nữ gồm [9|individual] đồng chí.",
        "Tổng số nữ cán bộ công đoàn là [312|staff] chị; tỷ lệ nữ đảng viên [45|party_member]%.",
        "Nhóm có [27|individual] thành viên, kết nạp thêm [7|individual] thành viên.",
        # members of associations, of committees, and bodies beside members
        "Thành lập [4|collective] tổ hợp tác có [28|union_member] thành viên.",
        "Ban chỉ đạo có [15|individual] thành viên.",
        "Đại hội bầu Chi ủy gồm [3|party_member] người.",
        "Hội nghị bầu Ban Thanh tra gồm [3|individual] người.",
        "Kỷ luật [3|party_organization] tổ chức và [8|party_member] đảng viên.",
        "Có [5|collective] tổ chức và [12|individual] hộ đóng góp.",
        "Cùng [500|union_member] em đội viên, [20|learner] em học sinh.",
        # a sum of a sum
        "Góp [876,6/680|money] triệu đồng; thu quỹ [12.000.000đ/12.000.000|money]đ.",
        # works that are seen are no documents
        "Cuộc thi vẽ tranh nhận [24|other] tác phẩm, [3|other] bức tranh được chọn.",
        "Hội báo nhận [24|document] tác phẩm.",
        # a percentage of what its own part begins with
        "Giúp [12|individual] hộ vay, nợ quá hạn chiếm [0,04|other]%.",
        "So với chỉ tiêu do Tổng cục giao vượt [1,7|other]% về việc và [7,4|other]% về tiền.",
        "So với nhiệm kỳ trước số đảng viên tăng [12|party_member]%.",
        "Giá trị sản xuất của các hợp tác xã tăng [12|other]%.",
        "Cấp ủy có [15|party_member] đồng chí, tỷ lệ đổi mới [33,3|party_member]%.",
        "Khám cho [45|individual] lượt người; bao phủ BHYT [95,8|other]%.",
        "ĐẠI HỘI ĐOÀN CÁC CẤP 2022\nChi đoàn kết nạp [12|union_member] đoàn viên.",
        "Nhiệm kỳ 2022 - 2025\nTác giả: Văn phòng Đảng ủy xã",
    ],
)
def test_every_number_counts_what_its_text_says(case: str) -> None:
    assert marked(_MARK.sub(r"\1", case)) == case
