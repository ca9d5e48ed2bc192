"""A web page as Vietnamese offices publish them: an article among menus, counters and other articles."""

from __future__ import annotations

__all__ = ("BODY", "PAGE")

OPENING = (
    "Ngày 03 tháng 02 năm 2021, Đảng ủy Trường A đã tổ chức Hội nghị Tổng kết công tác Đảng năm 2020 và triển "
    "khai phương hướng nhiệm vụ năm 2021. Chủ trì Hội nghị, đồng chí Lê Văn Minh, Bí thư Đảng ủy."
)
GRADES = (
    "Tại Hội nghị đã công bố Quyết định công nhận, có 02 tổ chức đảng “Hoàn thành Xuất sắc nhiệm vụ”; 12 chi bộ "
    "“Hoàn thành Tốt nhiệm vụ”; 27 đảng viên “Hoàn thành Xuất sắc nhiệm vụ”, 145 đảng viên “Hoàn thành Tốt”."
)
CLOSING = (
    "Phát biểu tại Hội nghị, đồng chí Lê Văn Minh đã cảm ơn những đóng góp ý kiến của các đại biểu và tiếp thu "
    "ý kiến của các đại biểu. Đảng ủy thống nhất chỉ đạo với ba ý chính."
)
BODY = (OPENING, GRADES, CLOSING)
PAGE = f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Đảng bộ Trường A tổng kết năm 2020 - Cổng thông tin điện tử</title>
<meta property="og:title" content="Đảng bộ Trường A tổng kết năm 2020">
<meta property="article:published_time" content="2021-02-05T16:44:00+07:00">
<script>var hidden = "99 chi bộ";</script></head><body>
<header><nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tt">Tin tức - Sự kiện</a></li></ul></nav></header>
<div class="sidebar"><h3>Thông báo</h3><ul><li><a href="/1">Thông báo số 15 về nghỉ Tết</a></li></ul></div>
<main><article><h1>Đảng bộ Trường A tổng kết năm 2020</h1>
<p><strong>{BODY[0]}</strong></p>
<p>{BODY[1].replace("“", "&ldquo;").replace("”", "&rdquo;")}</p>
<table><tr><th>Chi bộ</th><th>Số đảng viên</th></tr><tr><td>Chi bộ 1</td><td>25</td></tr></table>
<ul><li>Khen thưởng 05 tập thể;</li><li>Kết nạp 08 đảng viên.</li></ul>
<figure><img src="a.jpg"><figcaption>Trao Giấy khen cho 03 chi bộ &lt;b&gt;tiêu biểu&lt;/b&gt;</figcaption></figure>
<p>{BODY[2]}</p></article>
<div class="related"><h3>Tin liên quan</h3><ul><li><a href="/2">Đại hội chi bộ 3 với 15 đảng viên</a></li>
<li><a href="/3">Hội nghị cán bộ viên chức năm 2019</a></li></ul></div></main>
<footer><p>Bản quyền thuộc Trường A. Điện thoại: 024 3942 1234. Lượt truy cập: 1.234.567</p></footer>
</body></html>"""
