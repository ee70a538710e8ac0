### Lời của Một Cửa, tiếng Việt. Dùng chung cho màn hình và cho các biểu mẫu in ra.
### Khóa viết bằng tiếng Anh; vi.ftl và en.ftl có cùng một tập khóa (có phép thử).

## Chung
app-name = Một Cửa
title-wrong = Lỗi: { $title }
sample-data = Dữ liệu mẫu
cancel = Bỏ qua
close = Đóng
undo = Hoàn tác
more = Thêm
retry = Thử lại
reference = Mã tra cứu: { $ref }

## Nơi làm việc
place-receive = Tiếp nhận
place-filings = Hồ sơ
place-sync = Đồng bộ
place-office = Thiết lập
rail-label = Nơi làm việc
rail-find = Tìm
rail-keys = Phím tắt
status-label = Tình trạng
aside-label = Bên cạnh trang
aside-paper = Tờ giấy
aside-hide = Cất tờ giấy

## Thanh tình trạng
status-here = { $n } hồ sơ trên máy này
status-here-title = Hồ sơ mới chỉ nằm trên máy này, chưa lên hệ thống tỉnh
status-contact = Hệ thống tỉnh: { $at }
status-contact-never = Hệ thống tỉnh: chưa liên lạc
status-attention = { $n } việc cần xử lý
status-attention-none = Không có việc cần xử lý
status-disk = Ổ đĩa chưa ghi được
status-disk-draft = Ổ đĩa chưa ghi được, nháp chưa giữ
disk-full = Ổ đĩa đầy, máy này chưa ghi thêm được
disk-refuses = Ổ đĩa không cho ghi
disk-safe = Hồ sơ đã tiếp nhận vẫn an toàn trên máy này.
disk-draft = Hồ sơ đang nhập chỉ còn trên màn hình: đừng tắt máy, đừng đóng cửa sổ; chưa đổi người được.
disk-room = Còn trống { $free }, cần khoảng { $needed }. Giải phóng chỗ trên ổ đĩa rồi bấm lại đúng phím vừa rồi.
disk-room-unknown = Cần trống khoảng { $needed }. Giải phóng chỗ trên ổ đĩa rồi bấm lại đúng phím vừa rồi.
disk-call = Ổ đĩa còn trống { $free } mà vẫn không nhận: gọi người hỗ trợ xem ổ đĩa, rồi bấm lại đúng phím vừa rồi.
disk-may-go = Có { $n } tệp ({ $bytes }) đã nằm trên hệ thống tỉnh: dọn khỏi máy này là có chỗ ngay.
disk-again = Ổ đĩa đã ghi lại được.
status-switch = Đổi người
status-switch-title = Khóa và để người khác đăng nhập; hồ sơ đang nhập được giữ nguyên
ago-now = vừa xong
ago-minutes = { $n } phút trước
ago-hours = { $n } giờ trước
at-time = lúc { $time }

## Ba nơi của một hồ sơ
where-this-machine = trên máy này
where-office = tại máy chủ của xã
where-centre = trên hệ thống tỉnh

## Trạng thái hồ sơ
filing-status-draft = Nháp
filing-status-received = Đã tiếp nhận
filing-status-transferred = Đã chuyển
filing-status-being-solved = Đang giải quyết
filing-status-supplement-asked = Chờ bổ sung
filing-status-result-ready = Chờ trả kết quả
filing-status-handed-over = Đã trả kết quả
filing-status-refused = Từ chối tiếp nhận
filing-status-stopped = Dừng giải quyết
filing-status-withdrawn = Đã rút
filing-status-other = Đang xử lý

## Thứ trong tuần
weekday-1 = thứ Hai
weekday-2 = thứ Ba
weekday-3 = thứ Tư
weekday-4 = thứ Năm
weekday-5 = thứ Sáu
weekday-6 = thứ Bảy
weekday-7 = Chủ Nhật

## Đăng nhập
sign-in-title = Ai đang làm việc?
sign-in-demo = Văn phòng mẫu: chọn tên là vào, không cần mật khẩu.
sign-in-pick = Chọn tên của mình
sign-in-password = Mật khẩu
sign-in-act = Đăng nhập
sign-in-other = Chọn tên khác
sign-in-forgot = Quên mật khẩu
sign-in-offline = Đăng nhập không cần mạng. Dữ liệu trên máy này được mã hóa và chỉ mở khi có người đăng nhập.
sign-in-draft = Hồ sơ đang nhập dở của từng người được giữ nguyên.
role-clerk = Công chức tiếp nhận
role-supervisor = Lãnh đạo Trung tâm
role-admin = Quản trị
recover-title = Mở bằng giấy khôi phục
recover-lead = Nhập mã trên giấy khôi phục và đặt mật khẩu mới cho { $name }.
recover-code = Mã khôi phục
recover-password = Mật khẩu mới
recover-act = Đặt mật khẩu và đăng nhập
clock-title = Hôm nay là { $day }, { $time }?
clock-lead = Máy vừa khởi động khi chưa có mạng. Ngày giờ này được ghi trên giấy tiếp nhận, nên cần một người xác nhận.
clock-empty-title = Hôm nay là ngày nào?
clock-empty = Đồng hồ của máy không đáng tin. Xin nhập ngày giờ đúng.
clock-date = Ngày
clock-time = Giờ
clock-confirm = Đúng, tiếp tục
clock-behind = Thời điểm này sớm hơn việc cuối cùng đã ghi ({ $last }). Nếu đúng như vậy, bấm xác nhận lần nữa.
clock-far = Thời điểm này muộn hơn việc cuối cùng đã ghi quá 31 ngày ({ $last }). Nếu đúng như vậy, bấm xác nhận lần nữa.
clock-confirm-again = Vẫn đúng, xác nhận lần nữa

## Lần đầu
first-title = Bắt đầu dùng máy này
first-lead = Người đầu tiên là quản trị: thêm được người khác, đặt lại mật khẩu, ghi danh máy vào xã.
first-name = Họ và tên
first-password = Mật khẩu
first-password-hint = Ít nhất 8 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ khó.
first-act = Tạo và tiếp tục
first-step = Bước { $n } trên { $of }
recovery-title = Giấy khôi phục
recovery-lead = Mã này chỉ hiện một lần. Ai giữ giấy này mở được dữ liệu của máy khi quên mật khẩu: in ra, cho vào phong bì, cất trong két.
recovery-open = Mở để in
recovery-picture = Hình giấy khôi phục
recovery-typed = Nhập nhóm cuối của mã để biết chắc giấy đọc được
recovery-typed-wrong = Chưa khớp với nhóm cuối của mã. Xem lại trên giấy.
recovery-act = Đã cất giấy, tiếp tục
enrol-title = Ghi danh máy vào xã
enrol-lead = Máy nhận tên xã, quầy và dải số từ hệ thống tỉnh. Xin mã ghi danh hoặc tệp phiếu của quản trị hệ thống tỉnh.
enrol-way = Cách ghi danh
enrol-by-code = Bằng mã dùng một lần
enrol-by-ticket = Bằng phiếu ghi danh
enrol-centre = Địa chỉ hệ thống tỉnh
enrol-code = Mã ghi danh
enrol-code-hint = Mã dùng được một lần, trong 24 giờ.
enrol-ticket = Nội dung phiếu ghi danh
enrol-ticket-hint = Mở tệp phiếu, chép toàn bộ nội dung rồi dán vào đây.
enrol-act = Ghi danh máy này

## Trang hỏng
damage-damaged = Tệp dữ liệu của máy này bị hỏng
damage-newer-schema = Dữ liệu do bản Một Cửa mới hơn ghi
damage-foreign-store = Dữ liệu này thuộc về máy khác
damage-missing = Không thấy tệp dữ liệu của máy này
damage-broken-chain = Nhật ký của máy này bị đứt đoạn
damage-in-use = Một Cửa đang mở ở cửa sổ khác
damage-disk = Ổ đĩa đầy hoặc không ghi được
damage-damaged-act = Đừng xóa gì. Gọi người hỗ trợ, đọc mã tra cứu, rồi phục hồi từ bản sao lưu gần nhất.
damage-newer-schema-act = Cài bản Một Cửa mới nhất trên máy này rồi mở lại.
damage-foreign-store-act = Đặt lại thư mục dữ liệu của đúng máy này. Đừng chép dữ liệu từ máy này sang máy khác.
damage-missing-act = Đặt lại tệp dữ liệu vào chỗ cũ, hoặc phục hồi từ bản sao lưu gần nhất.
damage-broken-chain-act = Đừng làm tiếp trên máy này. Gọi người hỗ trợ và đọc mã tra cứu.
damage-in-use-act = Chuyển sang cửa sổ đang mở, hoặc đóng cửa sổ ấy rồi mở lại.
damage-disk-act = Giải phóng chỗ trên ổ đĩa rồi mở lại.
damage-safe = Không có gì bị xóa hay ghi đè. Các tệp được giữ lại:
damage-nothing-kept = Không có gì bị xóa hay ghi đè.

## Tiếp nhận: lúc chờ
receive-title = Tiếp nhận hồ sơ
procedure-label = Thủ tục
procedure-hint = Gõ tên không dấu, mã hoặc tên tắt: “ks”, “ket hon”, “1.004222”
procedure-none = Không thấy thủ tục nào khớp. Thử một từ khác hoặc mã thủ tục.
procedure-recent = Vừa dùng
procedure-change = Đổi thủ tục
counts-label = Việc hôm nay
count-due-today = Đến hạn hôm nay
count-ready = Chờ trả kết quả
count-supplement = Chờ bổ sung
count-not-at-centre = Chưa lên hệ thống tỉnh
last-filings = Năm hồ sơ gần nhất
next-in-line = Hôm nay đã tiếp nhận { $n } hồ sơ · tiếp theo là số { $next }
last-none = Hôm nay chưa tiếp nhận hồ sơ nào. Chọn thủ tục để bắt đầu.
look-ups-open = Còn { $n } giấy tờ cần tra lại
last-none-hint = Chọn thủ tục để bắt đầu một hồ sơ
kept-person = Giữ lại người nộp
kept-person-drop = Bỏ người này

## Tiếp nhận: lúc nhập
section-person = Chủ hồ sơ
section-papers = Thành phần hồ sơ
section-own = Nội dung yêu cầu
section-fee = Phí, lệ phí
section-give-back = Trả kết quả
section-open = Mở để sửa
field-name = Họ và tên
field-birth = Ngày sinh
field-birth-hint = Ngày, tháng/năm, hoặc chỉ năm
field-sex = Giới tính
sex-male = Nam
sex-female = Nữ
field-id-number = Số định danh
field-address = Địa chỉ
field-phone = Số điện thoại
field-email = Thư điện tử
field-sets = Số bộ hồ sơ
field-copies = Số bản xin cấp
field-content = Nội dung yêu cầu giải quyết
field-content-hint = Để trống thì ghi theo tên thủ tục
duplicate-title = { $n } hồ sơ cùng thủ tục của người này còn đang mở
papers-progress = { $done }/{ $all } giấy tờ
papers-complete = Đủ { $n } giấy tờ
papers-usual-all = Tất cả như thường lệ
papers-keys = Trên một dòng: 1 bản chính · 2 bản sao · 3 chứng thực · 4 xuất trình · 5 từ CSDL · 6 không tra được · 0 thiếu · + − số bản · phím cách: như thường lệ
paper-state = Hình thức
paper-state-none = Chưa ghi
paper-state-original = Bản chính
paper-state-copy = Bản sao
paper-state-certified = Chứng thực
paper-state-shown = Xuất trình
paper-state-from-database = Từ CSDL
paper-state-not-reachable = Không tra được
paper-state-missing = Thiếu
paper-copies = Số bản
paper-more = Thêm một bản
paper-fewer = Bớt một bản
paper-only-when = { $when }
paper-asks = { $originals } bản chính, { $copies } bản sao
paper-asks-choice = { $originals } bản chính hoặc { $copies } bản sao
paper-asks-originals = { $n } bản chính
paper-asks-copies = { $n } bản sao
paper-asks-shown = xuất trình, không thu
paper-reason = Lý do không tra được
paper-reason-hint = Ví dụ: mất mạng, CSDL không có dữ liệu
own-sets = { $n } bộ
own-copies = { $n } bản
own-as-title = nội dung theo tên thủ tục
fee-free = Miễn phí
fee-on-time = Miễn phí khi đăng ký đúng hạn
fee-set-by-province = Theo mức HĐND tỉnh
fee-each = { $each } một bản
fee-copies-first = Nhập số bản để tính
give-back-at-counter = Tại quầy
give-back-by-post = Qua bưu chính
give-back-electronic = Bản điện tử
give-back-question = Người dân nhận kết quả
receive-act = Tiếp nhận và in
receive-keep-act = Tiếp nhận, giữ người nộp
receive-busy = Đang ghi…
draft-kept = Đã giữ { $time }
draft-not-kept = Chưa giữ được trên đĩa; vẫn còn trên màn hình
draft-clear = Xóa nháp
draft-cleared = Đã xóa nháp.
wrong-count = Còn { $n } mục cần sửa
preview-title = Giấy sẽ in
preview-alt = Hình tờ giấy tiếp nhận sẽ in, với những gì đã nhập
preview-wait = Chọn thủ tục thì tờ giấy hiện ở đây.
preview-fail = Chưa vẽ được tờ giấy. Việc tiếp nhận không bị ảnh hưởng.
preview-actual = Cỡ thật
preview-fit = Vừa khung

## Hạn trả kết quả
due-title = Hạn trả kết quả
due-unknown = Chưa tính được hạn: kiểm tra thủ tục.
due-strip-label = Từ ngày nhận đến hạn trả
due-same-day = Trả trong ngày, trước giờ đóng cửa.
due-same-day-next = Nhận sau 15:00 nên trả trong ngày làm việc tiếp theo.
due-same-day-off = Nhận vào ngày nghỉ nên trả trong ngày làm việc tiếp theo.
due-working-days = { $n } ngày làm việc, đếm từ ngày làm việc sau ngày nhận.
due-days = { $n } ngày, đếm từ ngày sau ngày nhận.
due-months = { $n } tháng kể từ ngày nhận.
due-hours = { $n } giờ làm việc.
due-starts-next = Nhận sau 15:00: đếm như nhận vào ngày làm việc tiếp theo.
due-off-one = Không đếm { $day } ({ $why }).
due-off-weekend = cuối tuần
due-off-some = Bỏ qua { $n } ngày nghỉ: { $list }.
due-moved = Ngày cuối { $day } là ngày nghỉ nên lùi sang ngày làm việc sau.
due-unpublished = Lịch nghỉ của năm ấy chưa công bố: hạn này sẽ được xem lại.
due-cell-received = { $day }: ngày nhận
due-cell-counted = { $day }: ngày thứ { $n }
due-cell-off = { $day }: nghỉ, { $why }
due-cell-waiting = { $day }: chưa đếm
due-cell-due = { $day }: hạn trả
chip-due-today = Đến hạn hôm nay
chip-late = Quá hạn
chip-official = Số chính thức { $code }
chip-provisional = Số tạm
numbering-title = Hồ sơ đang mang số tạm
numbering-can = Gắn số chính thức của quầy rồi in lại giấy cho người nộp. Giấy mang số tạm vẫn tra được.
numbering-wait = Máy này chưa có số cho hôm nay. Giấy đã trao vẫn có giá trị; số chính thức được gắn tại đây khi có dải số mới, hoặc do hệ thống tỉnh gửi về.
numbering-act = Gắn số chính thức
numbering-done = Đã gắn số { $official }. Hãy in lại giấy.
chip-counter = { $counter ->
    [none] Quầy khác nhận
   *[other] { $counter } nhận
}

## Sau khi tiếp nhận
received-title = Đã tiếp nhận
received-said = Đã tiếp nhận hồ sơ { $code }, hạn trả { $due }
received-for = { $name } · { $title }
received-due = Hạn trả
received-print = In lại
received-open = Mở PDF
received-view = Xem hồ sơ
print-printing = Đang in…
print-printed = Đã in giấy tiếp nhận
print-no-printer = Chưa chọn máy in. Hồ sơ đã lưu; mở PDF để in.
print-unreachable = Máy in không trả lời. Hồ sơ đã lưu; mở PDF để in.
print-refused = Máy in từ chối. Hồ sơ đã lưu; kiểm tra giấy rồi in lại, hoặc mở PDF.
open-failed = Chưa mở được tệp PDF trên máy này. Nhờ người hỗ trợ xem chương trình đọc PDF.
open-done = Đã mở tệp PDF
receipt-pending = Đang lập giấy tiếp nhận. Hồ sơ đã lưu.

## Hồ sơ
filings-title = Hồ sơ
filings-find = Tìm hồ sơ
filings-find-hint = Tên không dấu, mã hồ sơ, số định danh, điện thoại
filings-filter = Lọc
filter-all = Tất cả
filter-today = Nhận hôm nay
filter-due-today = Đến hạn hôm nay
filter-overdue = Quá hạn
filter-result-ready = Chờ trả kết quả
filter-supplement-asked = Chờ bổ sung
filter-not-at-centre = Chưa lên hệ thống tỉnh
filings-table = Danh sách hồ sơ
column-code = Mã hồ sơ
column-applicant = Chủ hồ sơ
column-procedure = Thủ tục
column-due = Hạn trả
column-place = Ở đâu
column-lines = Dòng
column-bytes = Dung lượng
column-state = Tình trạng
filings-none = Không có hồ sơ nào khớp.
filings-none-act = Xem tất cả
filings-shown = { $n } hồ sơ
filings-cut = { $n } hồ sơ mới nhất; gõ để tìm hồ sơ cũ hơn
filing-pick = Chọn một hồ sơ trong danh sách, nhấn Enter để mở bên cạnh.
filing-received-by = { $clerk } tiếp nhận { $at }
filing-papers = Thành phần hồ sơ
look-up-found = Tìm thấy
look-up-missing = Không có
look-up-note = Ghi chú (không bắt buộc)
look-up-to-found = Sửa thành: Tìm thấy
look-up-to-missing = Sửa thành: Không có
looked-up-found = Đã tra được
looked-up-missing = Tra không có
look-ups-table = Giấy tờ cần tra lại
look-ups-shown = { $n } giấy tờ cần tra lại
look-ups-cut = { $n } trong { $all } giấy tờ cần tra lại, hạn trả gần nhất trước
look-ups-none = Không còn giấy tờ nào cần tra lại.
look-up-column-paper = Giấy tờ
look-up-column-reason = Lý do
look-up-column-since = Từ lúc
filing-next = Việc tiếp theo
act-word-transfer = Chuyển giải quyết
act-word-take-up = Bắt đầu giải quyết
act-word-ask-supplement = Yêu cầu bổ sung
act-word-supplement = Đã bổ sung đủ
act-word-arrive = Đã có kết quả
act-word-hand-over = Trả kết quả
act-word-refuse = Từ chối giải quyết
act-word-stop = Dừng theo đề nghị
act-word-withdraw = Công dân rút hồ sơ
act-word-extend = Xin lỗi và hẹn lại
act-word-take-back = Lấy lại bước vừa rồi
act-word-correct = Sửa và cấp lại giấy
act-word-other = Việc khác
act-reason = Lý do
act-came = Đã nộp thêm những gì
act-came-hint = Thời hạn tính lại từ bây giờ; giấy tiếp nhận được lập lại với ngày hẹn mới.
act-head = Lãnh đạo duyệt
act-head-password = Mật khẩu của người duyệt
act-head-hint = Người duyệt tự nhập mật khẩu tại quầy này.
act-head-none = Máy này chưa có lãnh đạo nào đăng nhập được. Thêm người ở trang Thiết lập.
slip-act-items = Cần bổ sung, hoàn thiện gì, mỗi dòng một việc
slip-act-items-hint = Pháp luật cho yêu cầu một lần: ghi đủ.
slip-act-add = Thêm
slip-act-returned = Giấy tờ trả lại, mỗi dòng một loại
slip-act-reason-stop = Công dân đề nghị dừng vì sao
slip-act-reason-apology = Vì sao chậm
slip-act-day = Ngày hẹn trả mới
slip-act-day-hint = Hạn đang hẹn là { $day }. Chỉ hẹn lại một lần.
slip-act-do = Làm và in phiếu
slip-act-print = In phiếu
filing-slips = Phiếu đã phát hành
filing-superseded = Giấy đã được thay
filing-superseded-line = Lập { $at }
correcting-title = Đang sửa hồ sơ { $code }
correcting-text = Số hồ sơ và giờ tiếp nhận giữ nguyên; giấy cũ được thay bằng giấy mới. Việc đang nhập dở chờ ở đây và hiện lại khi xong.
correcting-reason = Lý do sửa
correcting-end = Thôi, không sửa
correcting-act = Sửa và in giấy mới
correcting-done = Đã sửa, giấy mới thay giấy cũ
changed-line = { $what }: { $before } → { $after }
changed-nothing = (trống)
changed-procedure = Thủ tục
changed-name = Họ tên
changed-birth = Ngày sinh
changed-id-number = Số giấy tờ
changed-address = Địa chỉ
changed-phone = Điện thoại
changed-submitter = Người nộp
changed-papers = Giấy tờ
changed-content = Nội dung
changed-fields = Thông tin riêng
changed-due = Hạn trả
changed-fee = Lệ phí
changed-give-back = Cách trả
changed-other = Khác
filing-slip-line = { $name } số { $n }
act-shut = Thôi
act-done = { $code }: { $status }
taker-right = Ai nhận kết quả
taker-applicant = Chủ hồ sơ
taker-submitter = Người nộp
taker-authorised = Người được ủy quyền
taker-other = Người khác
taker-name = Họ và tên người nhận
taker-authority = Giấy tờ ủy quyền
taker-authority-hint = Loại giấy, số và ngày
taker-number = Số giấy tờ của người nhận
taker-number-hint = Nhập khi đã xem giấy tờ; máy so với số trên hồ sơ
filing-time-line = Diễn biến
filing-receipt = Giấy tiếp nhận
filing-receipt-alt = Hình giấy tiếp nhận đã lưu của hồ sơ { $code }
filing-receipt-none = Giấy tiếp nhận đang được lập; hồ sơ đã lưu.
filing-receipt-elsewhere = Giấy tiếp nhận nằm ở quầy đã nhận hồ sơ.
filing-receipt-bring = Lấy về máy này
filing-receipt-coming = Đã hỏi hệ thống tỉnh; giấy hiện ra khi về đến máy này.
filing-receipt-later = Đã ghi lại; giấy về máy này ở lần liên lạc tới với hệ thống tỉnh.
filing-receipt-let-go = Giấy tiếp nhận nằm trên hệ thống tỉnh; máy này đã dọn bản của mình ngày { $day }. Bấm “Lấy về máy này” để lấy lại nguyên bản, cần có liên lạc.
filing-receipt-not-sent = Quầy ấy chưa gửi giấy lên hệ thống tỉnh. Hãy thử lại sau.
filing-print = In giấy
filing-hash = Dấu nhật ký { $hash }
time-line-received = Tiếp nhận
time-line-form-rendered = Lập giấy tiếp nhận
time-line-printed = { $form ->
    [supplement] In phiếu yêu cầu bổ sung
    [refusal] In phiếu từ chối
    [apology] In văn bản xin lỗi và hẹn lại
    [stop] In thông báo dừng
   *[other] In giấy tiếp nhận
}
time-line-slip = { $form ->
    [supplement] Phiếu yêu cầu bổ sung số { $number }
    [refusal] Phiếu từ chối số { $number }
    [apology] Văn bản xin lỗi và hẹn lại số { $number }
   *[other] Thông báo dừng số { $number }
}
time-line-due-anew = Đủ giấy tờ: hẹn trả { $due }
time-line-due-later = Hẹn lại: trả { $due }{ $head ->
    [none] { "" }
   *[other] , { $head } duyệt
}
time-line-reissued = Gửi lại từ nhật ký cũ của máy
time-line-opened = Mở giấy dạng PDF
time-line-corrected = Sửa: { $reason }
time-line-sent = Đã lên hệ thống tỉnh
time-line-numbered = Gắn số chính thức { $official }
time-line-code-bound = Gắn mã { $official } của hệ thống khác
time-line-looked-up-found = Đã tra được: { $name }
time-line-looked-up-missing = Tra không có, cần nộp: { $name }
time-line-status = { $status }{ $given ->
    [true] . { $reason }
   *[false] { "" }
}{ $head ->
    [none] { "" }
   *[other] . { $head } duyệt
}
time-line-handed-over = { $right ->
    [applicant] Trả kết quả cho { $taker }
    [submitter] Trả kết quả cho { $taker } (người nộp)
   *[other] Trả kết quả cho { $taker } theo { $authority }
}
time-line-decided = Cơ quan giải quyết: { $status }{ $given ->
    [true] . { $reason }
   *[false] { "" }
}
time-line-decided-against = Cơ quan giải quyết: { $status }, khi hồ sơ đã kết thúc tại quầy{ $given ->
    [true] . { $reason }
   *[false] { "" }
}
time-line-other = Có thay đổi

## Đồng bộ
sync-title = Đồng bộ
sync-here = hồ sơ chỉ có trên máy này
sync-here-none = Mọi hồ sơ của máy này đã lên hệ thống tỉnh.
sync-here-amount = { $lines } dòng nhật ký · { $bytes }
sync-office = Xã này chưa dùng máy chủ tại chỗ.
sync-centre = hồ sơ đã lên, có xác nhận
sync-link = Đường truyền
link-unknown = Chưa thử liên lạc từ lúc mở máy
link-offline = Không có mạng. Cứ làm việc bình thường; máy tự gửi khi có mạng.
link-portal = Mạng đang hỏi đăng nhập. Mở trình duyệt đăng nhập mạng, rồi gửi lại.
link-server-down = Có mạng, nhưng hệ thống tỉnh chưa trả lời. Máy sẽ tự thử lại.
link-online = Liên lạc được với hệ thống tỉnh
link-refused = Hệ thống tỉnh từ chối máy này. Hồ sơ vẫn an toàn trên máy; gọi người hỗ trợ.
link-fork = Hệ thống tỉnh giữ một nhật ký khác với máy này. Gọi người hỗ trợ trước khi làm tiếp.
link-locked = Chưa có ai đăng nhập từ lúc mở máy, nên chưa gửi được.
link-not-enrolled = Máy chưa ghi danh, nên hồ sơ chỉ nằm trên máy này.
sync-last = Liên lạc gần nhất
sync-next = Lần thử tới
sync-next-in = sau { $n } giây
sync-never = chưa lần nào
sync-to = Gửi đến
sync-here-papers = { $n } tệp PDF và bản quét · { $bytes }
sync-sending-papers = Đang gửi tệp PDF và bản quét, còn { $n }
sync-pause = Tạm dừng gửi
sync-resume = Gửi tiếp
sync-paused = Đang tạm dừng gửi
sync-paused-text = Hồ sơ vẫn nhận như thường và được giữ trên máy này. Bấm “Gửi tiếp” khi muốn gửi lên hệ thống tỉnh.
sync-when = Khi nào gửi tệp PDF và bản quét
sync-when-text = Dữ liệu hồ sơ và giấy của hồ sơ đến hạn hôm nay hay ngày mai luôn được gửi ngay. Chỉ tệp PDF và bản quét khác mới chờ trên máy này.
sync-when-always = Gửi ngay
sync-when-province = Theo giờ tỉnh đặt
sync-when-hours = Chỉ gửi trong giờ
sync-when-metered = Giữ lại: mạng tính tiền theo dung lượng
sync-hours-problem = Nhập giờ như 17:00, hai giờ phải khác nhau.
sync-hours-from = Từ
sync-hours-to = Đến
sync-wait-metered = Tệp PDF và bản quét đang chờ: mạng tính tiền theo dung lượng. Chọn “Gửi ngay” khi có mạng khác.
sync-wait-hours = Tệp PDF và bản quét đang chờ đến { $time } mới gửi.
kept-title = Giấy tờ giữ trên máy này
kept-text = Giấy tờ của hồ sơ đã kết thúc có thể dọn khỏi máy này khi hệ thống tỉnh đã xác nhận có đủ. Khi cần, mở hồ sơ và lấy về nguyên bản.
kept-days = Số ngày giữ sau khi hồ sơ kết thúc
kept-days-hint = 0 là giữ tất cả. Máy tự dọn mỗi ngày một lần.
kept-days-problem = Nhập số ngày từ 0 đến 3650.
kept-by-province =
    { $n ->
        [0] Tỉnh đặt: máy này giữ tất cả giấy tờ.
       *[other] Tỉnh đặt: giữ { $n } ngày sau khi hồ sơ kết thúc.
    }
kept-by-office =
    { $n ->
        [0] Máy này giữ tất cả giấy tờ.
       *[other] Giữ { $n } ngày sau khi hồ sơ kết thúc.
    }
kept-may = Dọn được ngay: { $n } tệp · { $bytes }
kept-may-none = Hiện không có tệp nào dọn được.
kept-gone = Đã dọn, nay chỉ trên hệ thống tỉnh: { $n } tệp · { $bytes }
kept-act = Dọn bản đã có trên hệ thống tỉnh
kept-stop = Dừng lại
kept-going = Đang dọn { $done }/{ $total } tệp
kept-failed = Chưa dọn được: giải phóng vài MB ở chỗ khác trên ổ đĩa rồi bấm lại.
kept-done = Đã dọn { $n } tệp, lấy lại { $bytes } trên máy này.
sync-act = Gửi ngay
sync-act-denied = Chỉ người có quyền gửi mới bấm được. Máy vẫn tự gửi.
sync-sending = Đang gửi { $done }/{ $total } dòng
messages = Tin của hệ thống tỉnh
message-of = { $who }, { $at }
message-from = Tin của { $who }
message-read = Đã đọc
message-whole = Xem cả tin
messages-more = Còn { $n } tin
sync-catching-up = Đang nhận việc cũ của các quầy
sync-catching-up-of = { $done } trên { $total }
sync-scan-hours = Giờ gửi bản quét
sync-scan-hours-of = { $from } đến { $to }
sync-numbers-until = Dải số của quầy dùng đến hết
sync-attention = Cần xử lý
sync-attention-none = Không có việc nào cần xử lý.
renewal-title = Ghi danh lại máy này
renewal-lead = Máy này không được dùng dải số cũ nữa. Gọi quản trị hệ thống tỉnh: thu hồi máy trạm cũ và cấp mã ghi danh mới cho quầy này. Nhập mã vào đây. Hồ sơ trên máy vẫn còn nguyên, nhật ký cũ được giữ làm bằng chứng.
renewal-act = Ghi danh lại
renewal-denied = Lãnh đạo Trung tâm đăng nhập vào máy này để ghi danh lại.
salvage-title = Chỉ có trên máy này
salvage-lead = Nhật ký cũ của máy có những hồ sơ mà hệ thống tỉnh chưa có. Đối chiếu với giấy đã in rồi gửi lại: số trên giấy giữ nguyên, cả hai dấu vết đều còn.
salvage-received = Tiếp nhận lúc
salvage-hash = Mã trên giấy
salvage-same-number = Trùng số với hồ sơ khác
salvage-others = { $n } dòng nhật ký khác (đăng nhập, phiếu, tờ in sẵn) được gửi cùng.
salvage-act = Gửi lại tất cả
salvage-done = Đã gửi lại { $n } dòng nhật ký cũ
salvage-not-compared = Máy đang đối chiếu với hệ thống tỉnh. Danh sách hiện ra khi đã đọc xong.
numbers-title = Số của quầy này
numbers-lead = Những số dưới đây nhỏ hơn số cuối cùng của ngày mà chưa có hồ sơ nào: có thể đã in trên giấy nhưng chưa lên hệ thống tỉnh. Tìm thấy giấy thì nhập lại theo giấy; chưa từng cấp thì hủy số, ghi lý do.
numbers-missing = Số chưa rõ
numbers-voided = Hủy hôm nay
numbers-code = Số hồ sơ hoặc số tạm (T-…), hoặc quét mã QR trên giấy
numbers-how = Giải trình
numbers-found = Có trên giấy
numbers-void = Chưa từng cấp, hủy số
numbers-form-number = Số của phiếu trên giấy
numbers-form-number-hint = Con số sau chữ “Số:” ở góc trái tờ giấy.
numbers-reason = Lý do hủy
numbers-act-found = Đưa vào danh sách nhập theo giấy
numbers-act-void = Hủy số này
numbers-done-found = Đã đưa số vào danh sách tờ giấy. Mở Tiếp nhận, chọn tờ giấy này rồi nhập như trên giấy.
numbers-done-void = Đã hủy số.
numbers-denied = Lãnh đạo Trung tâm giải trình các số này.
sync-items = Theo từng hồ sơ
sync-items-none = Không có hồ sơ nào đang chờ.
sync-state-waiting = Chờ gửi
sync-state-sending = Đang gửi
sync-state-at-centre = Đã lên
sync-state-quarantined = Cần xem lại
attention-quarantined = Hồ sơ { $code } đã lên hệ thống tỉnh nhưng cần người xem lại
attention-quarantined-act = Hồ sơ đã được lưu nguyên vẹn. Mở hồ sơ, đối chiếu với giấy; các hồ sơ khác vẫn gửi bình thường.
attention-provisional-number = Hồ sơ { $code } đang mang số tạm
attention-provisional-number-act = Giấy đã trao vẫn có giá trị. Mở hồ sơ để gắn số chính thức khi máy có số, rồi in lại giấy.
attention-receipt-missing = Hồ sơ { $code } chưa có giấy tiếp nhận
attention-receipt-missing-act = Hồ sơ đã lưu. Mở hồ sơ rồi in giấy để máy lập lại.
attention-calendar-unpublished = Hạn của { $code } rơi vào năm chưa có lịch nghỉ
attention-calendar-unpublished-act = Xem lại hạn khi lịch nghỉ được công bố.
attention-clock-doubt = Ngày giờ đã xác nhận khác thường
attention-clock-doubt-act = Lãnh đạo xem lại khi khóa sổ ngày.
attention-fork = Hai nhật ký khác nhau cho cùng một máy
attention-fork-act = Dừng tiếp nhận trên máy này và gọi người hỗ trợ.
attention-refused = Hệ thống tỉnh từ chối máy này
attention-refused-act = Hồ sơ vẫn an toàn trên máy. Gọi quản trị hệ thống tỉnh để ghi danh lại.
attention-store-restored = Dữ liệu trên máy cũ hơn giấy đã in: chỉ còn cấp số tạm
attention-store-restored-act = Có lẽ dữ liệu được khôi phục từ bản sao. Số đã in sau bản sao đó không được cấp lại. Vẫn tiếp nhận được và giấy vẫn có giá trị. Gọi quản trị hệ thống tỉnh để ghi danh lại máy này.
attention-other-machine = Dữ liệu này thuộc một máy khác: chỉ còn cấp số tạm
attention-other-machine-act = Có lẽ thư mục dữ liệu được chép sang. Máy kia có thể đang dùng dải số ấy. Vẫn tiếp nhận được và giấy vẫn có giá trị. Gọi quản trị hệ thống tỉnh để ghi danh máy này.
attention-salvage-waiting = { $n } dòng nhật ký chỉ có trên máy này
attention-salvage-waiting-act = Chúng thuộc nhật ký cũ của máy. Lãnh đạo xem danh sách bên dưới rồi bấm “Gửi lại”; số đã in được giữ nguyên.
attention-numbers-missing = { $n } số của quầy này chưa rõ
attention-numbers-missing-act = Có thể giấy đã trao mà chưa lên hệ thống tỉnh. Lãnh đạo giải trình từng số ở phần “Số của quầy này” bên dưới.
attention-canary-lost = Thiếu dấu mốc của dữ liệu: hết hôm nay máy này chỉ cấp số tạm
attention-canary-lost-act = Tệp dấu mốc cạnh thư mục dữ liệu đã mất hoặc bị sửa, nên máy không chắc dữ liệu này có phải bản mới nhất. Vẫn tiếp nhận được và giấy vẫn có giá trị. Từ ngày mai máy lại cấp số như thường. Nếu hôm nay có người khôi phục dữ liệu từ bản sao, hãy gọi quản trị hệ thống tỉnh.
attention-canary-unwritten = Không ghi được dấu mốc của dữ liệu
attention-canary-unwritten-act = Vẫn tiếp nhận và in như thường, nhưng máy sẽ không tự nhận ra nếu dữ liệu bị khôi phục từ bản sao cũ. Nhờ người hỗ trợ kiểm tra ổ đĩa và quyền ghi cạnh thư mục dữ liệu.
attention-numbers-stopped = Máy này chỉ còn cấp số tạm
attention-numbers-stopped-act = Dải số của máy này có thể đang ở một máy khác. Vẫn tiếp nhận được và giấy vẫn có giá trị. Gọi quản trị hệ thống tỉnh để ghi danh lại.
attention-centre-not-secure = Địa chỉ hệ thống tỉnh không mã hóa đường truyền
attention-centre-not-secure-act = Máy này không gửi gì qua địa chỉ đó; hồ sơ vẫn an toàn trên máy. Xin quản trị hệ thống tỉnh địa chỉ bắt đầu bằng https rồi ghi danh lại.
attention-peer-unapplied = { $counter ->
    [none] Có một việc của quầy khác
   *[other] Có một việc của { $counter }
} chưa ghi vào danh sách được
attention-peer-unapplied-act = Dòng nhật ký ấy vẫn được giữ nguyên; mọi việc khác vẫn chạy. Báo cho người hỗ trợ.
attention-peer-newer = { $counter ->
    [none] Quầy khác
   *[other] { $counter }
} dùng phần mềm mới hơn máy này
attention-peer-newer-act = Những gì máy này chưa hiểu được giữ nguyên. Cập nhật phần mềm trên máy này.
attention-peer-changed = Nhật ký của { $counter ->
    [none] quầy khác
   *[other] { $counter }
} bị thay đổi trên đường đến đây
attention-peer-changed-act = Máy này không dùng dòng bị thay đổi. Báo ngay cho quản trị hệ thống tỉnh.
attention-contradicted = Hồ sơ { $code }: cơ quan giải quyết quyết định khác với việc đã làm tại quầy
attention-contradicted-act = Việc tại quầy vẫn có hiệu lực. Mở hồ sơ, xem diễn biến rồi liên hệ cơ quan giải quyết.
attention-feed-lost = Thiếu một phần việc của các quầy khác
attention-feed-lost-act = Hệ thống tỉnh không còn giữ phần ấy. Hồ sơ của máy này không bị ảnh hưởng. Báo cho người hỗ trợ.
attention-fact-refused = Hệ thống tỉnh gửi { $kind ->
    [message] một tin
    [lease] một dải số
    [calendar] một lịch làm việc
    [policy] giờ gửi bản quét
    [catalogue] một danh mục thủ tục
    [staff] một thay đổi về người làm việc
    [keys] một khóa
   *[other] một mục
 } mà máy này không dùng được
attention-fact-refused-act = Những gì đang dùng vẫn giữ nguyên. Báo cho quản trị hệ thống tỉnh.
attention-document-damaged = { $part ->
    [catalogue] Danh mục thủ tục “{ $title }” của hệ thống tỉnh bị hỏng hoặc không đúng loại tệp
   *[other] Bản “{ $title }” của hệ thống tỉnh bị hỏng hoặc không đúng loại tệp
 }
attention-document-damaged-act = Máy này không dùng tệp ấy; hồ sơ đã nhận không bị ảnh hưởng. Nhờ quản trị hệ thống tỉnh phát hành lại tệp.
attention-document-newer = { $part ->
    [catalogue] Danh mục thủ tục “{ $title }” của hệ thống tỉnh cần phần mềm mới hơn
   *[other] Bản “{ $title }” của hệ thống tỉnh cần phần mềm mới hơn
 }
attention-document-newer-act = Đến lúc đó vẫn dùng bản trước. Cập nhật phần mềm trên máy này.
attention-staff-last = Hệ thống tỉnh báo { $name } đã nghỉ hoặc đổi vai trò, nhưng máy này không còn ai khác quản lý
attention-staff-last-act = Người này vẫn đăng nhập được như trước. Thêm một lãnh đạo hoặc quản trị khác trên máy này (Đơn vị, “Thêm người”); khi đó lời báo có hiệu lực.
attention-other = Có việc cần người xem
attention-other-act = Mở hồ sơ để xem chi tiết.
attention-open = Mở hồ sơ
bytes-b = { $n } B
bytes-kb = { $n } kB
bytes-mb = { $n } MB

## Thiết lập
office-title = Thiết lập
office-this = Máy này
office-name = Đơn vị
office-counter = Quầy
office-workstation = Máy trạm
office-version = Phiên bản
office-screen = Màn hình
office-printing = In
office-staff = Người làm việc
setting-language = Ngôn ngữ
language-vi = Tiếng Việt
language-en = English
setting-theme = Màu
theme-system = Theo máy
theme-light = Sáng
theme-dark = Tối
theme-contrast = Tương phản cao
setting-zoom = Cỡ chữ
setting-paper = Giấy in
paper-a5 = A5, một bản
paper-a4-two-up = A4, hai bản
paper-a4 = A4, một bản, chữ lớn hơn
setting-printer = Máy in
printer-none = Không in, chỉ mở PDF
printer-missing = Không thấy máy in nào. Giấy vẫn mở được dạng PDF.
printer-not-accepting = đang không nhận việc
setting-sounds = Âm báo
sounds-on = Bật
sounds-off = Tắt
settings-saved = Đã lưu
staff-add = Thêm người
staff-add-act = Thêm
staff-name = Họ và tên
staff-role = Vai trò
staff-password = Mật khẩu ban đầu
staff-reset = Đặt lại mật khẩu
staff-reset-for = Mật khẩu mới cho { $name }
staff-reset-act = Đặt lại
staff-added = Đã thêm { $name }.
staff-was-reset = Đã đặt lại mật khẩu của { $name }.
staff-gone = Đã nghỉ
staff-gone-on = nghỉ từ { $day }
staff-left-now = { $name } đã nghỉ việc tại đơn vị theo báo của hệ thống tỉnh. Phần đang nhập đã được giữ trên máy.
staff-denied = Chỉ lãnh đạo và quản trị thêm người hoặc đặt lại mật khẩu.
office-keys = Khóa và khôi phục
office-bound = Khóa máy
bound-all = Có. Thư mục dữ liệu chép sang máy khác chỉ mở được bằng Giấy khôi phục.
bound-some = Một phần. Có người mở được ở máy khác chỉ bằng mật khẩu; đặt lại mật khẩu của họ để gắn với máy này.
bound-none = Không. Khi đặt mật khẩu, kho khóa của máy tính không có hoặc đang đóng: thư mục dữ liệu chép sang máy khác mở được bằng mật khẩu.
recovery-paper-row = Giấy khôi phục
recovery-new = Lập giấy mới
recovery-new-title = Lập Giấy khôi phục mới
recovery-new-lead = Giấy cũ không mở được gì nữa. Chuẩn bị máy in và phong bì trước khi lập.
recovery-new-password = Mật khẩu của mình
recovery-new-made = Đã lập Giấy khôi phục mới. Hủy tờ cũ.
recovery-new-denied = Chỉ lãnh đạo và quản trị lập Giấy khôi phục.

## Phím
keys-title = Phím của trang này
keys-everywhere = Ở mọi trang
keys-here = Ở trang này
keys-on-row = Trên một dòng giấy tờ
key-receive = Tiếp nhận và in
key-receive-keep = Tiếp nhận, in, giữ người nộp
key-send = Gửi ngay
key-save = Việc chính của trang
key-new = Hồ sơ mới
key-paper = Hiện hoặc cất tờ giấy
key-find = Tìm mọi thứ
key-keys = Phím của trang này
key-close = Đóng lớp trên cùng
key-place-receive = Sang Tiếp nhận
key-place-filings = Sang Hồ sơ
key-place-sync = Sang Đồng bộ
key-place-office = Sang Thiết lập
key-next = Sang ô tiếp theo
key-row-original = Bản chính
key-row-copy = Bản sao
key-row-certified = Chứng thực
key-row-shown = Xuất trình
key-row-from-database = Từ CSDL
key-row-not-reachable = Không tra được
key-row-missing = Thiếu
key-row-more = Thêm một bản
key-row-fewer = Bớt một bản
key-row-usual = Như thường lệ
keys-on-look-up = Trên một giấy tờ cần tra lại
key-look-found = Tìm thấy
key-look-missing = Không có
cap-enter = Enter
cap-esc = Esc
cap-space = Phím cách

## Tìm (Ctrl+K)
find-title = Tìm hồ sơ, người, thủ tục, lệnh
find-none = Không thấy gì khớp. Thử tên không dấu, mã hồ sơ, số định danh hoặc số điện thoại.
find-filing = Hồ sơ
find-person = Người
find-procedure = Thủ tục
find-command = Lệnh
command-language = Đổi sang tiếng Anh
command-theme = Đổi màu màn hình
command-lock = Đổi người (khóa)
command-send = Gửi ngay lên hệ thống tỉnh

## Lời báo bên cạnh ô
problem-required = Chưa nhập.
problem-too-long = Dài quá { $max } ký tự (đang có { $len }). Rút ngắn lại.
problem-control-characters = Có ký tự không in được. Xóa rồi nhập lại.
problem-not-a-date = Không có ngày này. Nhập ngày/tháng/năm, ví dụ 05/03/1988, hoặc chỉ năm.
problem-in-future = Ngày này chưa tới. Xem lại năm.
problem-too-old = Xa quá 130 năm. Xem lại năm.
problem-id-not-digits = Số định danh chỉ gồm chữ số.
problem-id-length = Số định danh có 12 chữ số; đang có { $digits }.
problem-id-unknown-province = Ba số đầu không phải mã tỉnh nào. Xem lại trên thẻ.
problem-phone-not-digits = Số điện thoại chỉ gồm chữ số.
problem-phone-length = Số điện thoại chưa đủ hoặc thừa chữ số.
problem-phone-prefix = Đầu số này không có. Di động bắt đầu bằng 03, 05, 07, 08, 09.
problem-email = Địa chỉ thư điện tử chưa đúng, ví dụ ten@example.vn.
problem-unknown-procedure = Không có thủ tục này trong danh mục. Chọn lại.
problem-needs-reason = Ghi lý do không tra được.
problem-number = Nhập một số, từ 1 trở lên.
problem-other = Xem lại mục này.
warning-id-sex-differs = Số định danh cho thấy giới tính khác. Xem lại thẻ; vẫn tiếp nhận được.
warning-id-birth-differs = Số định danh cho thấy năm sinh khác. Xem lại thẻ; vẫn tiếp nhận được.
warning-id-old = Đây là số CMND 9 chữ số cũ. Nếu có thẻ căn cước, nhập số 12 chữ số.
warning-no-id-number = Chưa có số định danh. Vẫn tiếp nhận được.
warning-paper-missing = Còn thiếu giấy này. Vẫn tiếp nhận được.
warning-undrawable = Phông chữ của biểu mẫu không có: { $chars }. Giấy in dùng phông dự phòng.
warning-other = Nên xem lại mục này.

## Lỗi: chuyện gì, điều gì vẫn an toàn, làm gì
error-bad-request = Máy không hiểu yêu cầu vừa rồi.
error-not-signed-in = Phiên làm việc đã khóa.
error-not-allowed = Việc này cần quyền khác.
error-wrong-password = Mật khẩu chưa đúng.
error-wrong-password-wait = Mật khẩu chưa đúng. Thử lại sau { $wait } giây.
error-staff-left = Hệ thống tỉnh báo người này đã nghỉ việc tại đơn vị.
error-password-too-short = Mật khẩu cần ít nhất 8 ký tự.
error-wrong-recovery-code = Mã khôi phục chưa đúng.
error-keyring-missing = Mật khẩu chưa đủ: máy tính này không đưa ra được phần khóa đi kèm.
error-name-required = Chưa nhập họ và tên.
error-already-started = Máy này đã có người dùng.
error-not-enrolled = Máy này chưa ghi danh vào xã nào.
error-already-enrolled = Máy này đã ghi danh.
error-other-office = Mã hoặc phiếu này của xã khác. Máy này thuộc { $office }: xin mã ghi danh của xã này.
error-not-compared = Chưa biết hệ thống tỉnh đã có những gì của máy này. Đợi máy đồng bộ xong rồi gửi lại.
error-number-elsewhere = Số này không thuộc dải số của quầy này, hoặc của ngày chưa tới.
error-code-used = Mã này đã dùng cho một máy khác.
error-code-unknown = Hệ thống tỉnh không biết mã này, hoặc mã đã quá 24 giờ.
error-ticket-invalid = Phiếu ghi danh không đọc được hoặc chữ ký không khớp.
error-centre-unreachable = Chưa liên lạc được với hệ thống tỉnh.
error-not-the-centre = Địa chỉ này trả lời, nhưng không phải hệ thống tỉnh.
error-centre-not-secure = Địa chỉ này không mã hóa đường truyền nên không dùng để gửi hồ sơ.
error-fields-wrong = Có mục cần sửa trước khi tiếp nhận.
error-procedure-unknown = Thủ tục này không còn trong danh mục.
error-document-wrong = Tệp hoặc ngày áp dụng không đúng.
error-filing-unknown = Không thấy hồ sơ này trên máy.
error-receipt-missing = Giấy tiếp nhận chưa lập xong.
error-paper-elsewhere = Giấy tiếp nhận nằm ở quầy đã nhận hồ sơ, chưa có trên máy này.
error-paper-let-go = Giấy này hiện chỉ có trên hệ thống tỉnh.
error-form-failed = Chưa lập được giấy tiếp nhận.
error-disk-full = Ổ đĩa đầy, chưa ghi được.
error-store-busy = Kho dữ liệu đang bận.
error-store-damaged = Kho dữ liệu có chỗ hỏng.
error-clock-not-confirmed = Chưa xác nhận ngày giờ.
error-internal = Có lỗi ngoài dự liệu.
safe-nothing-stored = Chưa có gì được ghi hay in; những gì đã nhập vẫn còn đây.
safe-filing = Hồ sơ đã lưu an toàn.
safe-typed = Những gì đã nhập vẫn còn.
safe-all = Dữ liệu đã lưu không bị ảnh hưởng.
act-retry = Thử lại sau giây lát.
act-sign-in = Đăng nhập lại.
act-ask-supervisor = Nhờ { $who } làm giúp.
act-who-supervisor = lãnh đạo Trung tâm
act-who-admin = quản trị
act-bring-paper = Mở hồ sơ và bấm “Lấy về máy này”.
act-look-again = Xem lại rồi nhập lần nữa.
act-new-code = Xin mã mới của quản trị hệ thống tỉnh.
act-new-ticket = Xin phiếu mới của quản trị hệ thống tỉnh.
act-check-address = Xem lại địa chỉ.
act-ask-https = Xin quản trị hệ thống tỉnh địa chỉ bắt đầu bằng https.
act-ask-centre-staff = Nếu báo nhầm, nhờ quản trị hệ thống tỉnh ghi lại, rồi lãnh đạo thêm người này trên máy.
act-use-paper = Đăng nhập lại vào máy tính rồi thử lại. Nếu vẫn vậy, chọn “Quên mật khẩu” và nhập mã trên Giấy khôi phục.
act-check-network = Kiểm tra mạng rồi thử lại, hoặc dùng phiếu ghi danh.
act-free-space = Giải phóng chỗ trên ổ đĩa rồi bấm lại đúng phím vừa rồi.
act-open-filing = Mở hồ sơ rồi in lại.
act-pick-again = Chọn lại.
act-confirm-clock = Xác nhận ngày giờ rồi làm tiếp.
act-call = Nếu còn lặp lại, gọi người hỗ trợ và đọc mã tra cứu.

## Biểu mẫu 01: giấy tiếp nhận hồ sơ và hẹn trả kết quả
form01-title = GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ
form01-not-received = Chưa tiếp nhận
form01-give-back-at-counter = Tại quầy tiếp nhận và trả kết quả
form01-give-back-by-post = Qua dịch vụ bưu chính công ích
form01-give-back-electronic = Bản điện tử qua Cổng Dịch vụ công quốc gia
form01-fee-free = Miễn phí
form01-fee-on-time = Miễn phí khi đăng ký đúng hạn
form01-fee-province = Theo mức HĐND tỉnh
form01-fee-unstated = Theo quy định của thủ tục
form01-paper-original = bản chính
form01-paper-copy = bản sao
form01-paper-certified = bản sao chứng thực
form01-paper-shown = xuất trình
form01-paper-from-database = khai thác từ CSDL
form01-paper-not-reachable = không khai thác được CSDL
form01-paper-missing = còn thiếu
form01-replaces = Thay cho giấy mang số tạm { $number }.
form01-complete = Hồ sơ được bổ sung đầy đủ lúc { $time } ngày { $day }; thời hạn tính từ lúc đó.
form01-corrected = Giấy này thay cho giấy đã cấp trước, sửa lúc { $time } ngày { $day }.
form01-bring = Khi đến nhận kết quả mang theo Giấy hẹn, thẻ căn cước, giấy ủy quyền (nếu có)
form01-term-same-day = trong ngày làm việc
form01-term-working-days = { $n } ngày làm việc
form01-term-days = { $n } ngày
form01-term-months = { $n } tháng
form01-term-hours = { $n } giờ làm việc

## Giấy khôi phục (in ra)
recovery-paper-title = GIẤY KHÔI PHỤC
recovery-paper-what = Ai có giấy này mở được dữ liệu trên máy trạm khi không còn ai nhớ mật khẩu.
recovery-paper-keep = Cho vào phong bì dán kín, ký qua mép, cất trong két của cơ quan.
recovery-paper-code = Mã khôi phục
recovery-paper-workstation = Máy trạm
recovery-paper-made = Lập ngày
recovery-paper-use = Trên màn hình đăng nhập chọn tên, chọn “Quên mật khẩu”, rồi nhập mã này.

## Phiếu yêu cầu bổ sung (mẫu 02)
form02-or = { " hoặc " }
form02-originals = { $n } bản chính
form02-copies = { $n } bản sao
form02-reason-missing = Thành phần hồ sơ chưa đầy đủ theo quy định

## Phiếu từ chối tiếp nhận (mẫu 03)
form03-reason-not-ours = Không thuộc thẩm quyền giải quyết của cơ quan tiếp nhận
form03-reason-conditions = Không đáp ứng yêu cầu, điều kiện của thủ tục hành chính

## Tờ hướng dẫn hồ sơ (“cần giấy gì?”)
guidance-way-counter = Nộp trực tiếp tại quầy
guidance-step-papers = Chuẩn bị giấy tờ theo danh sách này; bản sao mang kèm bản chính để đối chiếu.
guidance-step-file = Nộp tại quầy; cán bộ kiểm tra và hướng dẫn nếu còn thiếu.
guidance-step-receipt = Nhận giấy tiếp nhận hồ sơ và hẹn trả kết quả, xem lại thông tin trên giấy.
guidance-source = Danh mục thủ tục hành chính, bản từ ngày { $from }
guidance-not-checked = Hỏi lại cán bộ tại quầy trước khi đi xin giấy tờ.

## Tiếp nhận đầy đủ: thủ tục, trường hợp, ô riêng, phí, thời hạn
key-all-procedures = Tìm trong tất cả thủ tục
key-pin = Ghim hoặc bỏ ghim thủ tục đang chọn trong danh sách
key-case = Chọn trường hợp
key-guide = Cần giấy gì?
key-supplement = Phiếu yêu cầu bổ sung
key-refuse = Phiếu từ chối
ministry-bo-cong-an = Bộ Công an
ministry-bo-nong-nghiep-mt = Bộ Nông nghiệp và Môi trường
ministry-bo-tai-chinh = Bộ Tài chính
ministry-bo-tu-phap = Bộ Tư pháp
ministry-bo-xay-dung = Bộ Xây dựng
ministry-ngan-hang-nha-nuoc = Ngân hàng Nhà nước
ministry-toa-an-nhan-dan = Tòa án nhân dân
ministry-other = Cơ quan trung ương
mark-pinned = Ghim
mark-review = Cần kiểm tra
mark-unchecked = Chưa đối chiếu
mark-until = Hết hiệu lực từ sau { $day }
mark-over = Đã hết hiệu lực sau { $day }
pinned-said = Đã ghim: { $title }
unpinned-said = Đã bỏ ghim: { $title }
procedure-all = Tìm trong tất cả thủ tục ({ $n })
review-title = Cần người đọc lại trước khi dựa vào
review-term = Thời hạn
review-fee = Phí, lệ phí
review-papers = Giấy tờ
review-ways = Cách nộp
review-other = Nội dung
doubt-unit-missing = con số không ghi đơn vị.
doubt-number-glued-to-fee = thời hạn và phí viết dính nhau.
doubt-time-not-understood = không đọc được thành một thời hạn.
doubt-cell-and-text-disagree = ô và lời mô tả nói khác nhau.
doubt-amount-implausible = số tiền nhỏ bất thường.
doubt-fee-not-understood = không đọc được thành một số tiền.
doubt-bracket-open = nội dung bị cắt giữa chừng.
doubt-no-ways = không có bảng cách nộp.
doubt-papers-not-split = không tách được thành từng giấy tờ.
doubt-count-glued = số lượng viết dính với con số khác.
doubt-paper-unnamed = có số lượng mà không có tên giấy tờ.
doubt-paper-without-count = không ghi số lượng.
doubt-copy-or-original = tên ghi bản sao, số lượng ghi bản chính.
doubt-numbers-differ = tên và ô số lượng ghi khác nhau.
doubt-remark-counted = có thể là ghi chú chứ không phải giấy tờ.
doubt-shown-or-submitted = không rõ xuất trình hay nộp lại.
doubt-time-not-stated = không ghi thời hạn.
doubt-several-times = ghi nhiều thời hạn khác nhau.
doubt-no-result = thủ tục này không trả kết quả.
doubt-not-at-counter = không ghi cách nộp tại quầy.
doubt-fee-not-read = không ghi số tiền đọc được.
doubt-other = cần đọc lại trên Cổng Dịch vụ công.
section-case = Trường hợp
case-question = Những trường hợp đúng với hồ sơ này
case-hint = Phím số hoặc phím cách để chọn; không đúng trường hợp nào thì nhấn Enter
case-many-hint = { $n } trường hợp; gõ không dấu để tìm
case-nothing = Không có trường hợp nào khớp.
case-none = Không thuộc trường hợp riêng nào
papers-case-must = Chọn trường hợp trước: { $n } giấy tờ tùy trường hợp.
papers-case-more = Còn { $n } giấy tờ chỉ cần trong những trường hợp riêng ở trên.
papers-none = Danh mục không ghi giấy tờ nào cho thủ tục này.
papers-complete-missing = Có { $n } giấy tờ, thiếu { $missing }
option-none = Không có mục nào khớp.
filled-from-applicant = Điền từ chủ hồ sơ
filled-from-applicant-birth = Điền từ chủ hồ sơ
filled-from-applicant-sex = Điền từ chủ hồ sơ
filled-from-applicant-id = Điền từ chủ hồ sơ
filled-from-applicant-passport = Điền từ chủ hồ sơ
filled-from-applicant-nationality = Điền từ chủ hồ sơ
filled-from-applicant-address = Điền từ chủ hồ sơ
filled-from-applicant-phone = Điền từ chủ hồ sơ
filled-from-submitter = Điền từ người nộp
filled-from-office-place = Điền theo nơi làm việc
filled-from-today = Điền ngày hôm nay
filled-from-other = Điền sẵn
section-term = Thời hạn giải quyết
term-verbatim = Danh mục quốc gia ghi nguyên văn
term-read = Hãy đọc và nhập thời hạn. Một Cửa không tự đoán.
term-number = Số
term-unit = Đơn vị
term-by-clerk = { $term }, do người tiếp nhận đọc
unit-same-day = trong ngày
unit-working-days = ngày làm việc
unit-days = ngày
unit-months = tháng
unit-hours = giờ làm việc
verbatim-source = Trang nguồn: { $url }
way-direct = Trực tiếp
way-online = Trực tuyến
way-post = Bưu chính
way-other = Cách khác
paper-asks-nothing = không ghi số lượng
verbatim-none = (để trống)
fee-verbatim = Danh mục quốc gia ghi nguyên văn
fee-ask-pages = Số trang
fee-ask-persons = Số người
fee-ask-matters = Số trường hợp, giao dịch
fee-requested = { $what }: số lượng
fee-requested-hint = Chỉ khi người dân yêu cầu
fee-exemption = Miễn, giảm
fee-exemption-hint = Gõ không dấu để tìm căn cứ
fee-exemption-none = Không
fee-amount =
    Số tiền ({ $currency ->
        [VND] đồng
       *[other] { $currency }
    })
fee-amount-hint = Nhập theo mức đang áp dụng; để trống thì giấy không ghi số tiền
fee-total = Cộng
fee-unstated = Chưa rõ
fee-per-copy = Tính theo bản
fee-flat = Mức cố định
fee-note-free = miễn phí
fee-note-in-time = đúng hạn
fee-note-late = quá hạn
fee-note-pages = theo trang
fee-note-capped = mức tối đa
fee-note-exempt = được miễn, giảm
fee-note-other = xem danh mục
fee-gap-set-by-province = HĐND tỉnh quy định mức này: nhập số tiền đang áp dụng.
fee-gap-unstated = Danh mục không ghi số tiền đọc được: nhập số tiền.
fee-gap-event-date = Nhập ngày xảy ra việc để biết đúng hạn hay quá hạn.
fee-gap-copies = Nhập số bản để tính.
fee-gap-pages = Nhập số trang để tính.
fee-gap-persons = Nhập số người để tính.
fee-gap-matters = Nhập số trường hợp để tính.
fee-gap-not-a-number = Không tính ra số tiền: xem lại các con số.
fee-gap-two-currencies = Có hai loại tiền nên không cộng được.
fee-gap-other = Chưa tính được: xem lại các con số.
warning-no-case = Chưa chọn trường hợp: chỉ hiện giấy tờ chung. Vẫn tiếp nhận được.
warning-field-missing = Chưa nhập. Vẫn tiếp nhận được.

## Phiếu bổ sung, phiếu từ chối, tờ hướng dẫn
guide-act = Cần giấy gì?
guide-title = Cần giấy gì?
guide-alt = Hình tờ hướng dẫn chuẩn bị giấy tờ
sheet-print = In
sheet-print-again = In lại
sheet-printed = Đã in
sheet-no-printer = Chưa chọn máy in; mở PDF để in.
sheet-unreachable = Máy in không trả lời; mở PDF để in.
sheet-refused = Máy in từ chối; kiểm tra giấy rồi in lại.
sheet-other = Chưa in được; mở PDF để in.
sheet-none = Chưa vẽ được tờ giấy.
slips-lacking = { $n } giấy tờ chưa có
slip-supplement = Phiếu bổ sung
slip-refusal = Phiếu từ chối
slip-title-supplement = Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ
slip-title-refusal = Phiếu từ chối tiếp nhận hồ sơ
slip-title-apology = Văn bản xin lỗi và hẹn lại ngày trả
slip-title-stop = Thông báo dừng giải quyết hồ sơ
slip-title-other = Phiếu
slip-items = { $n } giấy tờ chưa có
slip-reason-supplement = Lý do và cần bổ sung thêm
slip-reason-supplement-hint = Để trống thì phiếu chỉ ghi các giấy tờ chưa có
slip-reason-refusal = Lý do từ chối
slip-reason-refusal-hint = Viết cho người dân hiểu: vì sao, và nên làm gì tiếp
slip-needs-name = Nhập họ tên chủ hồ sơ trước.
slip-needs-missing = Không thiếu giấy tờ nào: ghi rõ cần bổ sung, sửa gì.
slip-act = Lập phiếu và in
slip-done = Đã lập phiếu số { $n }.
slip-printed = Đã in phiếu.
slip-draft-stays = Hồ sơ đang nhập được giữ nguyên.
slip-alt = Hình tờ phiếu sẽ in
problem-slip-reason = Ghi lý do, vì phiếu này phải nói vì sao.

## Phiếu in sẵn cho lúc mất điện
pads-act = Phiếu in sẵn
pads-title = Phiếu in sẵn
pads-lead = Giữ số của hôm nay cho mẫu 01 in sẵn: mất điện vẫn tiếp nhận trên giấy, nhập vào máy sau.
pad-count = Số tờ
pad-reserve = Giữ số và mở để in
pad-open = Mở { $n } tờ trống
pads-no-blank = Không còn tờ trống.
pads-none = Chưa in sẵn tờ nào.
pads-row-hint = Enter trên một tờ trống để hủy tờ ấy.
pad-number = Số
pad-day = Ngày
pad-state-blank = Còn trống
pad-state-used = Đã dùng
pad-state-voided = Đã hủy
pad-state-other = Khác
pad-void = Hủy tờ này
pad-void-reason = Lý do hủy tờ số { $n }
pad-void-hint = Ví dụ: viết hỏng, rách, cuối ngày không dùng
pad-voided = Đã hủy tờ phiếu; số ấy không dùng lại.
pad-was-voided = Đã hủy: { $reason }
pad-was-used = Tờ này đã dùng cho một hồ sơ.
problem-pad-count = Từ 1 đến { $max } tờ.
problem-pad-reason = Ghi lý do, vì số này phải giải trình được.
pad-later = Nhập phiếu đã cấp lúc mất điện
pad-later-pick = Chọn thủ tục, rồi nhập số tờ phiếu và giờ đã nhận.
section-pad = Phiếu đã cấp
pad-leave = Không phải phiếu giấy
pad-which = Tờ phiếu
pad-which-hint = Còn { $n } tờ trống; gõ số trên tờ
pad-nothing = Không có tờ trống nào mang số này.
pad-line = Số { $n } · { $code }
pad-received = Nhận lúc
pad-received-hint = Ngày giờ ghi trên tờ; gõ 0930 cũng được
pad-summary = Số { $n } · nhận { $at } · { $code }

## Trang một hồ sơ, nhập lại ở phần mềm khác
filter-look-up-later = Cần tra lại
filing-behalf = Người nộp thay
filing-authority = Giấy tờ cho phép: { $paper }
filing-official = Mã trên hệ thống khác
filing-entered = Nhập vào máy lúc
filing-term-by-clerk = Thời hạn do người tiếp nhận đọc từ danh mục.
filing-exemption = Miễn, giảm: { $ground }
rekey-title = Nhập lại: { $system }
rekey-show = Mở bảng chép
rekey-hide = Cất bảng chép
rekey-progress = Đã chép { $done }/{ $all } ô
rekey-keys = Enter chép rồi sang ô sau · phím cách đánh dấu mà không chép
rekey-copy = Chép
rekey-done = Đã chép
rekey-copied = Đã chép: { $label }
rekey-not-copied = Máy không cho chép. Bôi đen rồi chép bằng tay.
rekey-empty = (để trống)
rekey-official = Mã hồ sơ ở phần mềm ấy
rekey-official-hint = Dán mã mà phần mềm ấy vừa cấp
rekey-bind = Gắn mã
rekey-bound = Đã gắn mã { $code }

## Tiếp nhận: chủ hồ sơ, quét thẻ, nộp thay, địa chỉ cũ
field-name-hint = Quét thẻ, dán mã, hoặc gõ tên, số giấy tờ
field-organisation = Tên tổ chức
field-tax-code = Mã số thuế
field-passport = Số hộ chiếu
field-nationality = Quốc tịch
field-nationality-hint = Ba chữ cái như trên hộ chiếu, ví dụ VNM, DEU
field-id-number-if-any = Số định danh (nếu có)
field-authority = Căn cứ nộp thay
field-authority-hint = Số, ngày, loại giấy: giấy ủy quyền, giấy giới thiệu, quan hệ cha mẹ, vợ chồng
kind-label = Chủ hồ sơ là
kind-person = Cá nhân
kind-organisation = Tổ chức
kind-foreigner = Dùng hộ chiếu
behalf-chip = Nộp thay
behalf-title = Người nộp thay
behalf-representative = Người đại diện đi nộp
behalf-summary = { $name } nộp thay
key-behalf = Có người nộp thay
key-address = Lấy địa chỉ theo xã mới
address-old = Địa chỉ cũ → xã mới:
address-take = Lấy
address-keep = Giữ như trên giấy
address-done = Xong
address-split = Địa chỉ cũ nay thuộc nhiều xã. Chọn xã mới:
address-was = trước là { $was }
address-former = Trên giấy tờ cũ: { $address }
address-taken = Địa chỉ theo xã mới: { $address }
read-from-card-qr = Đã điền từ thẻ căn cước.
read-from-health-card = Đã điền từ thẻ bảo hiểm y tế.
read-from-passport = Đã điền từ hộ chiếu.
read-from-tax-code = Đã điền theo số vừa quét.
read-from-telephone = Đã điền theo số điện thoại.
read-from-register = Đã điền từ sổ đã lưu.
read-from-other = Đã điền.
read-undo = Trở lại như trước
read-filled = Đã đọc: { $name }
read-refused = Không đọc được mã vừa quét. Chưa điền gì vào hồ sơ.
read-refused-act = Tắt bộ gõ tiếng Việt rồi quét lại, hoặc gõ tay.
read-use = Dùng người này
read-number-new = Số này chưa có trong sổ. Gõ tên.
read-number-many = Số này có nhiều người trong sổ. Gõ tên để chọn.
read-passport-next = Gõ tiếp dòng thứ hai của hộ chiếu, rồi Enter.
read-damaged-telex = Bộ gõ Telex đã làm hỏng chữ khi quét.
read-damaged-vni = Bộ gõ VNI đã làm hỏng chữ khi quét.
read-damaged-encoding = Chữ bị sai bảng mã. Xem lại cài đặt máy quét.
read-damaged-letter-lost = Có chữ bị mất dấu hoặc mất chữ khi quét.
read-damaged-too-long = Dài hơn mọi mã mà thẻ có.
read-unread-old-number = Không đọc được số CMND cũ: “{ $text }”.
read-unread-birth = Không đọc được ngày sinh trên thẻ: “{ $text }”.
read-unread-sex = Không đọc được giới tính trên thẻ: “{ $text }”.
read-unread-address = Không đọc được địa chỉ trên thẻ: “{ $text }”.
read-unread-issued = Không đọc được ngày cấp: “{ $text }”.
read-health-number = Số thẻ bảo hiểm y tế: { $number }.
read-control-characters = Tên trên thẻ có ký tự lạ.
read-card-no-name = Mã không có tên.
read-card-number = Số trên thẻ không đúng: “{ $text }”.
read-scan-incomplete = Mã quét chưa trọn.
read-id-unknown-province = Ba số đầu không phải mã tỉnh nào.
read-mrz-incomplete = Hộ chiếu cần đủ hai dòng, mỗi dòng 44 ký tự.
read-mrz-sign = Dòng { $line }, ký tự thứ { $at } không có trên hộ chiếu: “{ $found }”.
read-mrz-not-a-passport = Hai dòng này không phải của hộ chiếu.
read-mrz-check-digit = Số kiểm tra không khớp. Xem lại từng chữ số, nhất là 0 và O, 1 và I.
read-mrz-date = Ngày trong mã không có thật.
read-mrz-name-plain = Hộ chiếu ghi tên không dấu. Thêm dấu nếu cần.
read-mrz-name-cut = Tên dài quá, mã có thể đã cắt bớt. Xem trên hộ chiếu.
read-passport-expired = Hộ chiếu hết hạn ngày { $day }. Vẫn tiếp nhận được.
read-tax-check-digit = Số kiểm tra của mã số thuế không khớp. Xem lại.
read-name-from-register = Mã ghi “{ $read }”. Tên có dấu lấy từ sổ.
read-known-name-differs = Trong sổ, số này là của { $known }.
read-known-birth-differs = Trong sổ ghi ngày sinh { $known }.
read-known-sex-differs = Trong sổ ghi giới tính khác.
read-known-address-differs = Trong sổ ghi: { $known }
read-other = Xem lại mục này.
problem-tax-code = Mã số thuế có 10 số, hoặc 13 số cho chi nhánh. Xem lại.
problem-passport = Số hộ chiếu gồm 5 đến 15 chữ và số.
problem-nationality = Ghi ba chữ cái, ví dụ VNM, DEU, FRA.
warning-no-tax-code = Chưa có mã số thuế. Vẫn tiếp nhận được.
warning-no-authority = Chưa ghi căn cứ nộp thay. Vẫn tiếp nhận được.

## Người trong sổ
person-title = Người trong sổ
person-open = Mở mục trong sổ
person-former-address = Địa chỉ trên giấy cũ
person-receive = Tiếp nhận cho người này
person-receive-denied = Chỉ người tiếp nhận hồ sơ làm được việc này.
person-filings-all = Tìm trong Hồ sơ
person-filings = Hồ sơ
person-filings-none = Chưa có hồ sơ nào.
person-doubles = Có { $n } mục giống nhau
person-doubles-lead = Cùng số giấy tờ, hoặc cùng tên và ngày sinh. Gộp thì hồ sơ của cả hai về một mục; gộp nhầm thì hoàn tác được.
person-merge = Gộp vào mục này
person-merged = Đã gộp vào mục { $name }.
person-merge-undo = Hoàn tác, giữ mục kia
person-merged-title = Các mục đã gộp vào đây
column-received = Nhận ngày

## Lời báo của phần tiếp nhận đầy đủ
problem-not-a-number = Nhập một số, chỉ gồm chữ số.
problem-number-range = Nhập một số từ { $min } đến { $max }.
problem-not-a-choice = Chọn một mục trong danh sách.
problem-in-past = Ngày này đã qua. Xem lại.
problem-withdrawn = Thủ tục này hết hiệu lực sau ngày { $until }. Chọn thủ tục thay thế.
problem-not-yet = Thủ tục này có hiệu lực từ { $from }.
problem-unknown-pad = Không có tờ phiếu in sẵn nào mang số này. Xem lại số trên tờ.
problem-pad-used = Tờ phiếu này đã dùng hoặc đã hủy. Chọn tờ khác.
problem-not-a-time = Nhập ngày và giờ, ví dụ 23/11/2026 09:30.
problem-too-long-ago = Xa quá. Xem lại ngày ghi trên tờ phiếu.
problem-other-day = Tờ phiếu này in cho ngày { $day }. Xem lại ngày, hoặc chọn đúng tờ.
error-numbers-used-up = Hôm nay không còn số để giữ.
error-pad-unknown = Tờ phiếu này không còn trống.
error-look-up-unknown = Giấy tờ này không còn trong danh sách cần tra lại.
error-filing-moved = Hồ sơ đã chuyển sang bước khác, ở quầy này hoặc quầy khác.
error-taker-differs = Số giấy tờ vừa nhập không phải của { $name }.
error-day-not-later = Ngày hẹn mới phải sau ngày { $day }.
error-day-off = Ngày { $day } trung tâm nghỉ. Chọn ngày làm việc.
error-authority-required = Cần ghi giấy tờ ủy quyền của người nhận.
act-check-taker = Kiểm tra lại giấy tờ, hoặc chọn Người được ủy quyền.
error-reason-required = Cần ghi lý do.
error-person-unknown = Không thấy người này trong sổ.
error-slip-unknown = Không thấy tờ phiếu này.
error-code-not-one = Đây không phải một mã hồ sơ.
error-code-taken = Mã này đã gắn với hồ sơ { $code }.
act-call-centre = Vẫn tiếp nhận được trên máy; gọi quản trị hệ thống tỉnh để xin thêm số.

## Thiết lập: thủ tục của đơn vị, lịch, đơn vị hành chính, đầu đọc
office-offers = Thủ tục của đơn vị
office-offers-lead = Ô chọn thủ tục hiện các thủ tục này trước. Thủ tục khác vẫn tìm được bằng “Tất cả thủ tục”.
offer-find = Tìm thủ tục
offer-ours = Đơn vị tiếp nhận
offer-all = Tất cả thủ tục
offer-column-offered = Tiếp nhận
offer-column-code = Mã
offer-column-pinned = Ghim
offer-yes = Có tiếp nhận
offer-no = Không tiếp nhận
offer-nickname = Tên tắt
offer-nickname-hint = Chữ ngắn để gõ ở ô chọn thủ tục, ví dụ ks
offer-pin = Ghim lên đầu danh sách
offer-pinned = Ghim
offer-not-pinned = Không ghim
offer-taken = Từ nay tiếp nhận: { $title }
offer-left = Thôi tiếp nhận: { $title }
offer-elsewhere = Đơn vị chưa tiếp nhận thủ tục nào như vậy; trong tất cả thủ tục có { $n }.
offer-nothing = Không có thủ tục nào như vậy.
offer-keys = Phím cách: đánh dấu tiếp nhận · Enter: tên tắt, ghim
offer-denied = Chỉ lãnh đạo và quản trị đổi được mục này.
office-calendar = Lịch làm việc
calendar-year = Năm
calendar-published = Ngày nghỉ năm { $year } đã công bố.
calendar-not-published = Ngày nghỉ năm { $year } chưa công bố; đang tính theo luật và còn có thể đổi.
calendar-hours = Giờ làm việc { $hours }.
calendar-version = Bản { $version } · { $zone }
calendar-off = Ngày nghỉ lễ
calendar-rest = Nghỉ hằng tuần
calendar-make-up = Làm bù
office-documents = Lịch, biểu phí, danh mục xã và thủ tục của đơn vị
office-documents-lead = Mỗi bản có ngày bắt đầu áp dụng. Bản cũ vẫn được giữ; hồ sơ đã nhận giữ nguyên hạn và phí.
document-part-calendar = Lịch nghỉ và giờ làm việc
document-part-tariff = Biểu phí
document-part-units = Danh mục xã, phường
document-lead-calendar = Tệp lịch của đơn vị: ngày nghỉ, ngày làm bù, giờ làm việc.
document-lead-tariff = Tệp mức phí do tỉnh quy định, hoặc tỷ giá của cơ quan đại diện.
document-lead-units = Tệp danh mục tỉnh, xã mới và xã cũ đã nhập vào đâu.
document-part-catalogue = Danh mục thủ tục
document-shipped = Bản kèm theo phần mềm
document-untitled = Bản không tên
document-from = áp dụng từ { $day }
document-always = dùng khi chưa đặt bản nào
document-in-force = đang dùng
document-set-by = { $who } đặt lúc { $at }
document-damaged = Tệp lưu bị hỏng, không đọc được: đang dùng bản kèm theo phần mềm. Hãy nhập lại tệp.
document-damaged-catalogue = Tệp bị hỏng hoặc không đúng loại: vẫn dùng bản trước. Nhờ quản trị hệ thống tỉnh phát hành lại.
document-newer = Tệp này cần phần mềm mới hơn: vẫn dùng bản trước. Hãy cập nhật phần mềm trên máy này.
document-coming = chưa đến ngày
document-centre = hệ thống tỉnh
document-awaited = Đã đặt ở nơi khác; tệp chưa về đến máy này. Đến lúc đó vẫn dùng bản trước.
document-host-missing = Phần mềm chưa có lịch nghỉ của nước sở tại: hạn trả tính theo ngày nghỉ Việt Nam và chưa chắc chắn. Hãy nhập lịch của nước sở tại.
document-new = Nhập bản mới
document-again = Dùng lại
document-again-lead = Dùng lại bản “{ $title }”.
document-again-shipped = Dùng lại bản kèm theo phần mềm.
document-choose = Chọn tệp
document-text = Hoặc dán nội dung tệp
document-from-label = Áp dụng từ ngày
document-set = Áp dụng
document-was-set = Đã đặt, áp dụng từ { $day }
document-first-right = Chọn tệp đúng trước đã.
document-right = Tệp đúng: { $title }
document-no-change = Không khác bản đang dùng.
document-more = và { $n } thay đổi khác
document-line = Dòng { $n }: { $said }
document-wrong = Tệp có { $n } chỗ sai, chưa thay đổi gì
document-wrong-other = Chỗ này không đúng.
document-wrong-shape = Không đúng dạng tệp{ $detail }
document-wrong-other-part = Đây là tệp của mục khác: { $part }
document-wrong-other-zone = Múi giờ trong tệp là { $zone }, của đơn vị là { $office }.
document-wrong-no-history = Tệp không cho biết xã cũ đã nhập vào đâu: địa chỉ cũ sẽ giữ nguyên.
document-wrong-weekday = “{ $text }” không phải tên ngày trong tuần
document-wrong-not-a-date = “{ $text }” không phải ngày
document-wrong-not-a-time = “{ $text }” không phải giờ
document-wrong-hours-order = Giờ làm việc không nối tiếp nhau
document-wrong-zone = “{ $text }” không phải múi giờ
document-wrong-year-order = Năm { $year } không thể đứng sau năm { $after }
document-wrong-wrong-year = Ngày { $date } không thuộc năm { $year }
document-wrong-published = Năm { $year }: phần đã công bố và năm công bố cuối không khớp
document-wrong-day-twice = Ngày { $date } có hai lần, lần đầu ở dòng { $first }
document-wrong-make-up-is-off = Ngày { $date } vừa làm bù vừa nghỉ (dòng { $first })
document-wrong-make-up-is-working = Ngày { $date } là ngày làm việc thường, không phải ngày bù
document-wrong-no-name = Ngày nghỉ { $date } thiếu tên tiếng Việt hoặc tiếng Anh
document-wrong-no-working-day = Không có ngày làm việc nào trong tuần
document-wrong-amount = “{ $text }” không phải số tiền
document-wrong-below-zero = Mức phí { $text } nhỏ hơn 0
document-wrong-currency = Không có loại tiền “{ $text }”
document-wrong-one-rate = Tỷ giá cần đúng một trong hai: so với đô la Mỹ hoặc so với đồng
document-wrong-twice = Trùng với dòng { $first }
document-wrong-unknown-procedure = Không có thủ tục mã { $text }
document-wrong-unknown-item = Thủ tục { $text } không có khoản phí { $item }
document-wrong-units-empty = Danh mục trống ({ $place })
document-wrong-units-code = { $place }: mã phải có { $digits } chữ số
document-wrong-units-twice = { $place }: có hai lần
document-wrong-units-name = { $place }: tên trống hoặc có ký tự lạ
document-wrong-units-kind = { $place }: không có loại đơn vị “{ $text }”
document-wrong-units-unknown = { $place }: danh mục không có mã { $text }
document-wrong-units-order = { $place }: ngày áp dụng không sau lần trước
document-wrong-units-partial = { $place }: phần chia tách không khớp số xã mới
document-wrong-units-hints = { $place }: có hơn một gợi ý
document-change-other = Có thay đổi khác.
document-change-published-now = Lịch năm { $year } nay đã công bố
document-change-unpublished-now = Lịch năm { $year } nay thành chưa công bố
document-change-hours = Giờ làm việc: { $from } → { $to }
document-change-day = { $date }{ $name }: { $was } → { $is }
document-change-fee = { $code } ({ $item }): { $was } → { $is }
document-change-fee-new = { $code } ({ $item }): { $is }, trước chưa có
document-change-fee-gone = { $code } ({ $item }): bỏ mức { $was }
document-change-rate = Tỷ giá { $from } → { $to } từ { $date }
document-change-communes = Có { $count } xã, phường, đặc khu
document-change-commune = { $code }: { $was } → { $is }
document-change-commune-new = { $code }: thêm { $is }
document-change-commune-gone = { $code }: không còn { $was }
document-day-working = làm việc
document-day-rest = nghỉ hằng tuần
document-day-off = nghỉ lễ
document-day-make-up = làm bù
due-whose-host = { $name }, ngày nghỉ của nước sở tại
due-whose-vietnam = { $name }, ngày nghỉ của Việt Nam
due-whose-both = { $name }, ngày nghỉ của cả hai nước
due-whose-office = { $name }, ngày nghỉ riêng của đơn vị
office-readers = Đầu đọc thẻ
setting-reader = Đầu đọc nối cổng COM
reader-none = Không dùng
reader-none-note = Đầu đọc kiểu bàn phím không cần chọn
reader-missing = Không thấy đầu đọc nào ở cổng COM.

